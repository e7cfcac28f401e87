// The numbers of `ncverify theory` as theorems that Coq checks.
#pragma once

#include <string>

#include "problem/configuration.hpp"

namespace ncverify::proofs {

/// A Coq file over the definitions of proofs/. It states, for every global minimiser of this configuration,
/// that margins, squared norms, inner products and the minimum loss lie within half a unit of the last digit
/// shown of their decimals, and that each class collapses or does not. At least `digits` digits are shown,
/// and so many that half a unit is below 10^-digits for each number. Throws InputError where the file would
/// be too large to check; returns an empty text where a rounding could not be decided.
std::string theory_coq(const Configuration& configuration, long digits);

}  // namespace ncverify::proofs
