#include "trial/coverage.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::trial {

std::vector<Demand> without(std::vector<Demand> demands, const std::vector<InputClass>& left_out) {
    std::erase_if(demands, [&](const Demand& demand) {
        return std::any_of(left_out.begin(), left_out.end(),
                           [&](const InputClass& input) { return input.name == demand.input.name; });
    });
    return demands;
}

Coverage coverage(long hits, long cases, double share) {
    if (cases == 0) {
        return Coverage::undecided;
    }
    constexpr double z = 6.0;  // two tails of 10^-9 each
    constexpr double tolerance = 0.9;
    const auto n = static_cast<double>(cases);
    const double p = static_cast<double>(hits) / n, z2 = z * z;
    const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    if (middle - half >= tolerance * share) {
        return Coverage::met;
    }
    return middle + half < share ? Coverage::missed : Coverage::undecided;
}

std::string to_string(Coverage coverage) {
    return coverage == Coverage::met ? "met" : coverage == Coverage::missed ? "missed" : "undecided";
}

}  // namespace ncverify::trial
