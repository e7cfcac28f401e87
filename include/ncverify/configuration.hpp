// One instance of problem (4), as its user writes it.
#pragma once

#include <string>
#include <vector>

namespace ncverify::api {

struct Configuration {
    std::vector<long long> counts;  ///< n_k: samples of each class, K >= 2 of them, 1..10^18
    std::string lambda_w;           ///< decay of W: "1e-4", "1/3000", read exactly; 1e-10000..1e10000
    std::string lambda_h;           ///< decay of H, the same
    long long dim = 0;              ///< d, dimension of the features; 0 stands for K
    /// omega_k, class weights: "1/2", "0.25", "sqrt1/7", K of them; or one rule ("balanced", "inverse",
    /// "inverse-sqrt"); empty: all 1.
    std::vector<std::string> weights = {};
};

}  // namespace ncverify::api
