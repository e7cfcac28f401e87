// Coprime base: rational numbers written over pairwise coprime whole numbers, by greatest common divisors
// alone, so that nothing has to be factored.
#pragma once

#include <utility>
#include <vector>

#include "problem/scalar.hpp"

namespace ncverify::theory {

/// Pairwise coprime numbers above 1 such that each of `numbers`, all positive, is a product of powers of
/// them. Being coprime they are multiplicatively independent, which is all that their being prime would give.
std::vector<Integer> coprime_base(const std::vector<Integer>& numbers);

/// The largest e for which atom^e divides `value`; atom > 1, value > 0.
long multiplicity(const Integer& value, const Integer& atom);

/// A product of powers: positive rational numbers and their rational exponents.
using PowerProduct = std::vector<std::pair<Rational, Rational>>;

/// Numerators and denominators of what `product` is made of.
std::vector<Integer> parts(const PowerProduct& product);

/// The exponents of `product` over `base`, a coprime base of its parts (and perhaps of more). The product is
/// one exactly where all are zero.
std::vector<Rational> exponents(const PowerProduct& product, const std::vector<Integer>& base);

}  // namespace ncverify::theory
