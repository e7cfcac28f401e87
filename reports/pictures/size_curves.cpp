#include "reports/pictures/size_curves.hpp"

#include <algorithm>
#include <cmath>

#include "reports/pictures/numbers.hpp"

namespace ncverify::reports {

SizeCurves::SizeCurves(const Configuration& configuration, const theory::ClosedForm& form,
                       std::function<double(double)> weight_of)
    : classes(static_cast<double>(configuration.classes())),
      c(std::sqrt(from_rational<double>(configuration.c_squared()))),
      ratio(std::sqrt(from_rational<double>(configuration.lambda_w / configuration.lambda_h) * (classes - 1) /
                      classes)),
      prefactor(number(form.prefactor)),
      sum(number(form.weight_sum)),
      weight(std::move(weight_of)) {}

double SizeCurves::over_threshold(double n) const {
    const double root = weight(n) * std::sqrt(n) / c * (classes - 1) / classes;
    return root * root;
}

double SizeCurves::margin(double n) const {
    const double inside = (classes - 1) * (weight(n) * std::sqrt(n) / c - 1);
    return inside > 1 ? std::log(inside) : 0;
}

double SizeCurves::weighted_margin(double n) const {
    return std::sqrt(n) * margin(n);
}

double SizeCurves::feature_norm(double n) const {
    return std::sqrt(ratio / std::sqrt(n) * margin(n));
}

double SizeCurves::classifier_norm(double n) const {
    return std::sqrt(std::max(0.0, prefactor * (classes * (classes - 2) * weighted_margin(n) + sum)));
}

double SizeCurves::cosine(double n) const {
    const double own = weighted_margin(n);
    return (sum - 2 * classes * own) / (classes * (classes - 2) * own + sum);
}

double SizeCurves::turning_point() const {
    // With x = sqrt(n)/c: log((K-1)(x-1)) = x/(x-1), and the difference rises in x > 1.
    double low = 1 + 1 / (classes - 1), high = 1e3;
    for (int step = 0; step < 200; ++step) {
        const double x = (low + high) / 2;
        (std::log((classes - 1) * (x - 1)) < x / (x - 1) ? low : high) = x;
    }
    return low * low * c * c;
}

}  // namespace ncverify::reports
