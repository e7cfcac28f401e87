// The class weights at which given margins are the optimum's.
#pragma once

#include <string>
#include <vector>

#include "ncverify/theory.hpp"

namespace ncverify::api {

struct WeightDesign {
    std::vector<std::string> weights;  ///< omega_k, correctly rounded
    Theory theory;                     ///< what Theorem 1 with weights says at these weights, as printed
};

/// omega_k = (c / sqrt(n_k)) (1 + e^{M_k} / (K-1)), each correctly rounded to `options.digits` digits.
/// @param configuration  without weights of its own
/// @param margins        M_k > 0, decimals or fractions, K of them; or one, for all classes
/// Throws InputError.
WeightDesign weights_for_margins(const Configuration& configuration, const std::vector<std::string>& margins,
                                 const TheoryOptions& options = {});

/// The document that `ncverify weights --format json` prints.
std::string to_json(const WeightDesign& design);

}  // namespace ncverify::api
