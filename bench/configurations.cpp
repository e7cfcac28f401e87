#include "bench/configurations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ncverify::bench {

Configuration make_case(Tail tail, long classes, long dimension) {
    std::vector<long long> counts;
    for (long k = 0; k < classes; ++k) {
        const double place = static_cast<double>(k) / static_cast<double>(classes - 1);
        counts.push_back(tail == Tail::even ? 100 : std::llround(1000 * std::pow(100.0, -place)));
    }
    // T = N^2 K/(K-1) lambda_W lambda_H.
    const auto samples = static_cast<double>(std::accumulate(counts.begin(), counts.end(), 0LL));
    const double threshold = 0.1 * static_cast<double>(*std::min_element(counts.begin(), counts.end()));
    const double share = static_cast<double>(classes - 1) / static_cast<double>(classes);
    const std::string lambda = fmt::format("{:.2e}", std::sqrt(threshold * share) / samples);
    return make_configuration(counts, lambda, lambda, dimension);
}

}  // namespace ncverify::bench
