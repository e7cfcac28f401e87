#include "screen/deviations.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::screen {

double scale_of_margin(const Subject& s, std::size_t k) {
    return std::max(1.0, s.found.margin[k]);
}

FeatureSum feature_sum(const Subject& s, const std::vector<double>& f) {
    FeatureSum sum{};
    const std::size_t d = s.found.dimension;
    for (std::size_t m = 0; m < s.found.classes; ++m) {
        const double* h = &s.found.h[m * d];
        for (std::size_t i = 0; i < d; ++i) {
            sum[i] += f[m] * h[i];
        }
    }
    return sum;
}

double distance(const Subject& s, std::size_t k, double factor, double f_k, const FeatureSum& sum) {
    double squares = 0;
    const auto K = static_cast<double>(s.found.classes);
    const std::size_t d = s.found.dimension;
    for (std::size_t i = 0; i < d; ++i) {
        const double off = s.found.w[k * d + i] - factor * (K * f_k * s.found.h[k * d + i] - sum[i]);
        squares += off * off;
    }
    return std::sqrt(squares);
}

double row_tolerance(const Subject& s) {
    return 3 * s.found.total_accuracy * s.found.classifier_scale;
}

void orthogonal(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            reading.zero(s.found.feature_inner(k, j), feature_unit(s, k, j), feature_tolerance(s, k, j));
        }
    }
}

void feature_is_zero(const Subject& s, Reading& reading, std::size_t k, bool claimed) {
    const double norm = std::sqrt(s.found.feature_inner(k, k)), unit = std::sqrt(feature_unit(s, k, k));
    const double far = s.found.accuracy[k] * s.found.feature_scale / s.form.root[k];
    if (claimed) {
        reading.zero(norm, unit, far);
    } else if (norm <= safety * far) {
        reading.unresolved();
    } else {
        reading.zero(0, 1, 1);
    }
}

void cosine(const Subject& s, Reading& reading, std::size_t k, std::size_t j, double claimed) {
    const double far = cosine_tolerance(s, k, j);
    if (far < 1) {
        reading.equal(s.found.cosine(k, j), claimed, 1, far);
    } else {
        reading.unresolved();
    }
}

}  // namespace ncverify::screen
