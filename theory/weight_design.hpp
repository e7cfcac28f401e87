// Weight design: the class weights at which given margins are the optimum's.
#pragma once

#include <string>
#include <vector>

#include "problem/configuration.hpp"

namespace ncverify::theory {

/// omega_k = (c / sqrt(n_k)) (1 + e^{M_k} / (K-1)), from which (6) with weights gives the margin M_k > 0
/// (docs/model.md, Class weights); each correctly rounded to `digits` significant digits. All of these are
/// transcendental, as e^M is for a rational M > 0, so that every rounding is decided at some precision.
/// Throws InputError naming `where` for margins that are not positive, and for weights beyond what a
/// configuration may have.
/// @param configuration  its own weights are not looked at
/// @param margins        M_k, K of them
std::vector<ClassWeight> weights_for_margins(const Configuration& configuration,
                                             const std::vector<Rational>& margins, long digits,
                                             const std::string& where);

}  // namespace ncverify::theory
