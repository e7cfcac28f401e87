#include "measure/implied_decays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "problem/configuration.hpp"

namespace ncverify::measure {

namespace {

constexpr double fitting_factor = std::numbers::sqrt2;

bool near(double a, double b, double factor = fitting_factor) {
    return a > 0 && b > 0 && a < factor * b && b < factor * a;
}

// While the last layer moves, its length may move as fast as its direction does. The gradient of the loss
// without decay has the part sqrt(1 - r^2) along W, which is what implies lambda_W, and r across: so much may
// be wrong with it. Infinite where that is all of it.
double moving_factor(double residual) {
    const double part = residual / std::sqrt(std::max(0.0, 1 - residual * residual));
    return part < 1 ? fitting_factor / (1 - part) : std::numeric_limits<double>::infinity();
}

// The other decay, by the ratio.
std::optional<std::string> scaled(const std::string& decay, double factor) {
    const double value = from_rational<double>(parse_lambda(decay, "decay")) * factor;
    return std::isnormal(value) ? std::optional(fmt::format("{}", value)) : std::nullopt;
}

}  // namespace

std::optional<ImpliedDecays> implied_decays(double g, double classifier_norm, double feature_square,
                                            const Matrix<double>& pull, const Matrix<double>& sketched,
                                            bool exact) {
    if (classifier_norm == 0 || feature_square == 0) {
        return std::nullopt;
    }
    ImpliedDecays implied;
    implied.lambda_w = g / (classifier_norm * classifier_norm);
    implied.lambda_h = g / feature_square;
    implied.ratio = classifier_norm * classifier_norm / feature_square;
    implied.residual = (pull - implied.lambda_w * sketched).norm() / pull.norm();
    implied.residual_exact = exact;
    const bool positive = std::isnormal(implied.lambda_w) && std::isnormal(implied.lambda_h) && g > 0;
    implied.reliable = positive && implied.residual <= largest_residual;
    if (!positive) {
        implied.why = "the loss would fall if W shrank, decays or not: no positive ones keep it where it is";
    } else {
        implied.why = fmt::format(
            "with the implied lambda_W the gradient of the loss on W is {}{:.2g} of what it is without decay, {} "
            "{}: the last layer {}",
            exact ? "" : "about ", implied.residual, implied.reliable ? "at most" : "more than",
            largest_residual,
            implied.reliable ? "is at a stationary point"
                             : "was still moving, or was trained on another loss");
    }
    return implied;
}

std::optional<DecayTexts> completed(const DecayTexts& given, const ImpliedDecays& implied) {
    DecayTexts decays = given;
    if (given.lambda_w.empty() && given.lambda_h.empty()) {
        return implied.reliable ? std::optional(DecayTexts{fmt::format("{}", implied.lambda_w),
                                                           fmt::format("{}", implied.lambda_h)})
                                : std::nullopt;
    }
    std::string& missing = given.lambda_w.empty() ? decays.lambda_w : decays.lambda_h;
    const auto other = given.lambda_w.empty() ? scaled(given.lambda_h, 1 / implied.ratio)
                                              : scaled(given.lambda_w, implied.ratio);
    missing = other.value_or("");
    return other ? std::optional(decays) : std::nullopt;
}

std::optional<FittingDecays> contradicted(const DecayTexts& given, const ImpliedDecays& implied) {
    const Rational lambda_w = parse_lambda(given.lambda_w, "--lambda-w");
    const Rational lambda_h = parse_lambda(given.lambda_h, "--lambda-h");
    FittingDecays fitting{given.lambda_w, given.lambda_h};
    fitting.factor = from_rational<double>(lambda_h / lambda_w) / implied.ratio;
    fitting.lambda_w_fits = near(from_rational<double>(lambda_w), implied.lambda_w);
    fitting.lambda_h_fits = near(from_rational<double>(lambda_h), implied.lambda_h);
    const bool positive =
        std::isnormal(implied.lambda_w) && std::isnormal(implied.lambda_h) && implied.lambda_w > 0;
    if (!positive || (near(fitting.factor, 1, moving_factor(implied.residual)) &&
                      (!implied.reliable || fitting.lambda_w_fits))) {
        return std::nullopt;
    }
    if (fitting.lambda_w_fits) {
        fitting.lambda_h = scaled(given.lambda_w, implied.ratio).value_or(given.lambda_h);
    } else if (fitting.lambda_h_fits) {
        fitting.lambda_w = scaled(given.lambda_h, 1 / implied.ratio).value_or(given.lambda_w);
    } else {
        fitting.lambda_w = fmt::format("{}", implied.lambda_w);
        fitting.lambda_h = fmt::format("{}", implied.lambda_h);
    }
    return fitting;
}

}  // namespace ncverify::measure
