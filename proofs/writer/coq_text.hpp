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

/// The class weights as the proofs have them: omega_k is the root of numerators[k] / unit. No numerators
/// where all weights are 1.
struct CoqWeights {
    std::vector<Integer> numerators;
    Integer unit = 1;
};
CoqWeights coq_weights(const Configuration& configuration);

/// What the names of definitions and lemmas of proofs/ start with, where there are weights.
inline std::string coq_prefix(const Configuration& configuration) {
    return configuration.weighted() ? "weighted_" : "";
}

/// The places of a lemma's first arguments, which say that the numbers are valid: Coq finds them.
inline std::string coq_places(const Configuration& configuration) {
    return configuration.weighted() ? "_ _ _ _" : "_ _ _";
}

/// `text` in lines of at most 100 columns: longer ones are broken at spaces, where Coq takes a line's end for
/// one. A number of more digits stays in one piece.
std::string in_columns(const std::string& text);

/// What every generated file starts with: the imports, this configuration as the problem `this`, and the
/// exact facts about it. `purpose` is the first comment; `bits` the precision of `enclose`, the tactic that
/// proves bounds by interval arithmetic.
std::string coq_problem(const Configuration& configuration, const std::string& purpose, long bits);

}  // namespace ncverify::proofs
