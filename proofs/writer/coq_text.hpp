// What the generated Coq files have in common: numbers as text, and a configuration as a problem.
#pragma once

#include <string>
#include <vector>

#include "problem/configuration.hpp"

namespace ncverify::proofs {

/// "(3 / 500)": a rational number as a real one. Numerator and denominator are always shown, as the proofs
/// about rational data need them.
std::string coq_fraction(const Rational& value);

/// A decimal of this program, "-1.5e-2", as a real number.
std::string coq_decimal(const std::string& decimal);

/// Half a unit of the last digit that is shown: what a correctly rounded decimal may be off by.
std::string coq_half_unit(const std::string& decimal);

/// The power of ten of the first digit of "d.ddde+2": 2. Of zero: 0.
long decimal_exponent(const std::string& decimal);

/// `items` as a list, [:: a; b].
std::string coq_list(const std::vector<std::string>& items);

/// What every generated file starts with: the imports, this configuration as the problem `this`, and the
/// exact facts about it. `purpose` is the first comment; `bits` the precision of `enclose`, the tactic that
/// proves bounds by interval arithmetic.
std::string coq_problem(const Configuration& configuration, const std::string& purpose, long bits);

}  // namespace ncverify::proofs
