#include "measure/angles.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace ncverify::measure {

namespace {

double degrees(double cosine) {
    return std::acos(cosine) * 180 / std::numbers::pi;
}

}  // namespace

// Roots first: the product of the squares may overflow.
std::optional<double> cosine(const Matrix<double>& gram, Eigen::Index k, Eigen::Index l) {
    if (!(gram(k, k) > 0 && gram(l, l) > 0)) {
        return std::nullopt;
    }
    return std::clamp(gram(k, l) / std::sqrt(gram(k, k)) / std::sqrt(gram(l, l)), -1.0, 1.0);
}

std::optional<Angles> angles(const Matrix<double>& gram) {
    double smallest = 180, largest = 0, sum = 0;
    long long pairs = 0;
    for (Eigen::Index k = 0; k < gram.rows(); ++k) {
        for (Eigen::Index l = 0; l < k; ++l) {
            if (const auto value = cosine(gram, k, l)) {
                const double angle = degrees(*value);
                smallest = std::min(smallest, angle);
                largest = std::max(largest, angle);
                sum += angle;
                ++pairs;
            }
        }
    }
    return pairs > 0 ? std::optional(Angles{smallest, sum / static_cast<double>(pairs), largest})
                     : std::nullopt;
}

std::optional<std::pair<double, double>> predicted_angles(const theory::PrintedForm& form) {
    std::vector<long> members(form.groups.size(), 0);
    for (const std::size_t group : form.group) {
        ++members[group];
    }
    double smallest = 180, largest = 0;
    for (std::size_t g = 0; g < form.groups.size(); ++g) {
        for (std::size_t h = 0; h < form.groups.size(); ++h) {
            if ((g != h || members[g] > 1) && !form.cosine[g][h].empty()) {
                const double angle = degrees(std::clamp(std::stod(form.cosine[g][h]), -1.0, 1.0));
                smallest = std::min(smallest, angle);
                largest = std::max(largest, angle);
            }
        }
    }
    return smallest > largest ? std::nullopt : std::optional(std::pair(smallest, largest));
}

}  // namespace ncverify::measure
