#include "measure/logit_excess.hpp"

#include <algorithm>
#include <cmath>

#include "measure/kernel/engine.hpp"

namespace ncverify::measure {

namespace {

constexpr double moderate = 30;  // e^30 is no danger, and CE - phi does not cancel beyond

// x - log(1+x) >= 0 with full relative accuracy, for x > -1.
double log_below_tangent(double x) {
    if (std::abs(x) > 0.1) {
        return x - std::log1p(x);
    }
    double power = x * x, sum = power / 2;
    for (int n = 3; n < 20 && std::abs(power) > 1e-18 * sum; ++n) {
        power *= -x;
        sum += power / n;
    }
    return sum;
}

// log(1 + e^x) without overflow.
double soft_plus(double x) {
    return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}

// phi(a) = log(1 + (K-1) e^-a)
double phi(double margin, Eigen::Index classes) {
    return soft_plus(std::log(static_cast<double>(classes - 1)) - margin);
}

}  // namespace

LogitExcess logit_excess(const double* logits, Eigen::Index classes, Eigen::Index label) {
    const kernel::Engine& engine = kernel::engine();
    const auto rest = static_cast<double>(classes - 1);
    const kernel::OtherLogits others = engine.others(logits, classes, label);
    const double mean = others.total / rest;
    LogitExcess excess;
    excess.margin = logits[label] - mean;
    excess.others = 1 / (1 + std::exp(excess.margin) / rest);
    const double lowest_cost = phi(excess.margin, classes);
    if (others.largest - mean > moderate) {
        const double sum = engine.exponentials(logits, classes, label, others.largest);
        excess.cross_entropy = soft_plus(others.largest - logits[label] + std::log(sum));
        excess.unequal = std::max(0.0, excess.cross_entropy - lowest_cost);
        return excess;
    }
    // sum over the others of e^(z_m - mean) - 1, whose linear parts add up to zero
    const double above = engine.above_tangent(logits, classes, label, mean);
    excess.unequal = std::log1p(excess.others * (above / rest));
    excess.cross_entropy = lowest_cost + excess.unequal;
    return excess;
}

double margin_excess(const LogitExcess& excess, double slope, Eigen::Index classes) {
    const double cost = phi(excess.margin, classes);
    if (slope == 0) {
        return cost;
    }
    const double x = (excess.others - slope) / slope;
    const double y = (slope - excess.others) / (1 - slope);
    if (std::abs(x) <= 0.5 && std::abs(y) <= 0.5) {
        return slope * log_below_tangent(x) + (1 - slope) * log_below_tangent(y);
    }
    const double bracket =
        -(1 - slope) * std::log1p(-slope) - slope * std::log(slope / static_cast<double>(classes - 1));
    return std::max(0.0, cost + slope * excess.margin - bracket);
}

}  // namespace ncverify::measure
