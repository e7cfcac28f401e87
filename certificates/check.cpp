#include "certificates/check.hpp"

#include <algorithm>
#include <utility>

#include "certificates/decimal.hpp"
#include "problem/progress.hpp"

namespace ncverify::certificates {

namespace {

constexpr long guard_digits = 30, coarsest = 60;

// The precisions at which a claim of so many digits is looked at. Below the first that can prove it, only to
// refuse: a false claim of many digits costs what its falsehood needs, not what its digits do.
std::vector<long> precisions(long digits) {
    const long sufficient = digits + guard_digits;
    std::vector<long> result;
    for (long coarse = coarsest; 2 * coarse <= sufficient; coarse *= 2) {
        result.push_back(coarse);
    }
    result.insert(result.end(), {sufficient, 2 * sufficient, 4 * sufficient});
    return result;
}

// lW/2 ||W||_F^2 + lH/2 sum_j weight_j ||h_j||^2.
Enclosure decay_terms(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                      const TabledPoint& point) {
    Enclosure classifier(0), features(0);
    for (Eigen::Index i = 0; i < point.classifier.cols(); ++i) {
        for (Eigen::Index m = 0; m < point.classifier.rows(); ++m) {
            const Enclosure& entry = point.classifier(m, i);
            arb_addmul(classifier.data(), entry.data(), entry.data(), Enclosure::precision());
        }
    }
    for (std::size_t j = 0; j < columns.size(); ++j) {
        Enclosure square(0);
        for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
            const Enclosure& entry = point.features(i, static_cast<Eigen::Index>(j));
            if (arb_is_zero(entry.data()) == 0) {
                arb_addmul(square.data(), entry.data(), entry.data(), Enclosure::precision());
            }
        }
        features += from_integer<Enclosure>(columns[j].weight) * square;
    }
    return from_rational<Enclosure>(configuration.lambda_w / 2) * classifier +
           from_rational<Enclosure>(configuration.lambda_h / 2) * features;
}

}  // namespace

std::string infeasible_slope(const Configuration& configuration, const std::vector<Rational>& slopes) {
    const Rational c_squared = configuration.c_squared();
    for (std::size_t k = 0; k < slopes.size(); ++k) {
        const std::string name = "slope of class " + std::to_string(k + 1);
        if (slopes[k] < 0 || slopes[k] >= 1) {
            return name + " is not in [0, 1)";
        }
        if (slopes[k] * slopes[k] * configuration.weighted_count(k) > c_squared) {
            return name + (configuration.weighted() ? " violates (omega beta)^2 n <= c^2"
                                                    : " violates beta^2 n <= c^2");
        }
    }
    return "";
}

Enclosure dual_value(const Configuration& configuration, const std::vector<Rational>& slopes) {
    // Classes of equal count and slope contribute equally; a long tail then costs two logarithms in all.
    Enclosure sum(0);
    const Rational others(configuration.classes() - 1);
    for (std::size_t k = 0; k < slopes.size();) {
        std::size_t end = k;
        while (end < slopes.size() && slopes[end] == slopes[k] &&
               configuration.counts[end] == configuration.counts[k] &&
               (!configuration.weighted() || configuration.weights[end] == configuration.weights[k])) {
            ++end;
        }
        const Rational& beta = slopes[k];
        if (beta != 0) {
            const Enclosure slope = from_rational<Enclosure>(beta);
            // log(1-beta) and log(beta/(K-1)) from exact rationals: no cancellation for beta near 0.
            const Enclosure bracket = -from_rational<Enclosure>(1 - beta) * log1p(-slope) -
                                      slope * log(from_rational<Enclosure>(beta / others));
            const Enclosure samples =
                from_rational<Enclosure>(Rational(configuration.counts[k]) * static_cast<long>(end - k));
            sum += configuration.weighted()
                       ? weight_value<Enclosure>(configuration.weights[k]) * samples * bracket
                       : samples * bracket;
        }
        k = end;
    }
    return sum / from_rational<Enclosure>(Rational(configuration.samples()));
}

std::vector<Rational> best_slopes(const Configuration& configuration, long digits) {
    // D is concave, and separable: each class climbs to where its term is largest or to its limit.
    const Rational largest(configuration.classes() - 1, configuration.classes());
    const Rational c_squared = configuration.c_squared();
    std::vector<Rational> slopes;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const Rational count = configuration.weighted_count(k);
        const bool reached = largest * largest * count <= c_squared;
        slopes.push_back(reached ? largest : root_below(c_squared / count, digits));
    }
    return slopes;
}

Bounds evaluate_bounds(const Certificate& certificate) {
    Bounds bounds;
    bounds.reason = infeasible_slope(certificate.configuration, certificate.slopes);
    TabledPoint point = tabled_point(certificate);
    if (bounds.reason.empty()) {
        bounds.reason = point.negative;
    }
    bounds.feasible = bounds.reason.empty();
    if (bounds.feasible) {
        const auto columns = feature_columns(certificate.configuration, certificate.formulation);
        ColumnLosses losses = column_losses(columns, point.classifier, point.features);
        bounds.decays = decay_terms(certificate.configuration, columns, point);
        bounds.upper = data_term(certificate.configuration, columns, losses) + bounds.decays;
        bounds.lower = dual_value(certificate.configuration, certificate.slopes);
        bounds.relative_gap = (bounds.upper - bounds.lower) / bounds.lower;
        bounds.at =
            std::make_shared<const EvaluatedPoint>(EvaluatedPoint{std::move(point), std::move(losses)});
    }
    return bounds;
}

std::string outward(const Enclosure& value, long digits, bool up) {
    const Enclosure end = up ? value.upper() : value.lower();
    if (!is_finite(end)) {
        return up ? "inf" : "-inf";
    }
    mpfr_t number;
    mpfr_init2(number, std::max<mpfr_prec_t>(2, Enclosure::precision() + 64));
    arf_get_mpfr(number, arb_midref(end.data()), up ? MPFR_RNDU : MPFR_RNDD);
    mpfr_exp_t exponent = 0;
    char* raw = mpfr_get_str(nullptr, &exponent, 10, static_cast<std::size_t>(std::max(2L, digits)), number,
                             up ? MPFR_RNDU : MPFR_RNDD);
    std::string text(raw);
    mpfr_free_str(raw);
    const bool zero = mpfr_zero_p(number) != 0;
    mpfr_clear(number);
    if (zero) {
        return "0";
    }
    text.insert(text[0] == '-' ? 2 : 1, ".");
    return exponent == 1 ? text : text + "e" + std::to_string(exponent - 1);
}

std::string outward_nonnegative(const Enclosure& value, long digits) {
    return certainly_positive(value) ? outward(value, digits, false) : "0";
}

bool contradictory(const Bounds& bounds) {
    return bounds.feasible && certainly_less(bounds.upper, bounds.lower);
}

Decision decide(const Certificate& certificate, const Bounds& bounds) {
    if (!bounds.feasible) {
        return {Verdict::not_proven, bounds.reason};
    }
    if (contradictory(bounds)) {
        return {
            Verdict::contradiction,
            "contradiction: the bounds exclude each other, one of them is unsound; this is an error of the "
            "checker, not of the certificate"};
    }
    const std::string power = std::to_string(2 - certificate.digits);
    const Enclosure upper = enclosed(parse_decimal(certificate.upper_bound, "upper_bound"));
    const Enclosure lower = enclosed(parse_decimal(certificate.lower_bound, "lower_bound"));
    const Enclosure allowed_gap = enclosed(parse_decimal("1e" + power, "digits"));
    if (certainly_at_most(bounds.upper, upper) && certainly_at_most(lower, bounds.lower) &&
        certainly_at_most(bounds.relative_gap, allowed_gap)) {
        return {Verdict::proven, ""};
    }
    // Where logits are too large for any precision, the loss has no bound but its decays.
    if (certainly_less(upper, bounds.upper) || certainly_less(upper, bounds.decays)) {
        return {Verdict::not_proven, "the loss exceeds the claimed upper bound"};
    }
    if (certainly_less(bounds.lower, lower)) {
        return {Verdict::not_proven, "the dual value is below the claimed lower bound"};
    }
    if (arb_is_zero(bounds.lower.data()) != 0) {
        return {Verdict::not_proven, "the dual value is zero: no relative gap"};
    }
    if (certainly_less(allowed_gap, bounds.relative_gap) ||
        certainly_less((Enclosure(1) + allowed_gap) * bounds.lower, bounds.decays)) {
        return {Verdict::not_proven, "the relative gap exceeds 10^" + power};
    }
    return {Verdict::undecided, ""};
}

CheckResult check(const Certificate& certificate) {
    CheckResult result;
    for (const long working : precisions(certificate.digits)) {
        const PrecisionScope scope(working);
        note_progress("bounds at " + std::to_string(working) + " digits", -1);
        const Bounds bounds = evaluate_bounds(certificate);
        const Decision decision = decide(certificate, bounds);
        result.bounds = bounds;
        result.digits = working;
        result.proven = decision.verdict == Verdict::proven;
        result.contradiction = decision.verdict == Verdict::contradiction;
        const bool decided = decision.verdict != Verdict::undecided;
        result.reason = decided ? decision.reason : "undecided at " + std::to_string(working) + " digits";
        if (bounds.feasible) {
            const long printed = std::min(certificate.digits + 10, working - 20);
            result.upper_bound = outward(bounds.upper, printed, true);
            result.lower_bound = outward_nonnegative(bounds.lower, printed);
            result.relative_gap = outward(bounds.relative_gap, 6, true);
            result.gap = outward(bounds.upper - bounds.lower, 6, true);
        }
        if (decided) {
            break;
        }
    }
    return result;
}

}  // namespace ncverify::certificates
