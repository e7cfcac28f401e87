#include "certificates/printed.hpp"

#include "certificates/gap_terms.hpp"
#include "certificates/implied_bounds.hpp"
#include "certificates/krawczyk.hpp"
#include "certificates/point.hpp"

namespace ncverify::certificates {

namespace {

constexpr long size_digits = 6;  // of a width or a defect: only its order matters

std::string up(const Enclosure& value) {
    const Enclosure end = value.upper();
    return is_finite(end) ? outward(end, size_digits, true) : "";
}

api::PrintedInterval interval(const Enclosure& value, long digits) {
    if (!is_finite(value)) {
        return {};
    }
    return {outward(value, digits, false), outward(value, digits, true)};
}

// The largest of the upper ends met so far.
struct Largest {
    Enclosure value = Enclosure(0);
    bool any = false, unbounded = false;

    void meet(const Enclosure& candidate) {
        const Enclosure end = candidate.upper();
        any = true;
        unbounded = unbounded || !is_finite(candidate);
        value = certainly_less(value, end) ? end : value;
    }
    std::string text() const { return any && !unbounded ? up(value) : ""; }
};

}  // namespace

std::optional<PrintedGapTerms> printed_gap_terms(const Certificate& certificate, const Bounds& bounds) {
    if (!bounds.feasible) {
        return std::nullopt;
    }
    const EnclosedPoint point = enclosed_point(certificate);
    const auto columns = feature_columns(certificate.configuration, certificate.formulation);
    const GapTerms terms =
        gap_terms(certificate.configuration, columns, certificate.slopes, point.classifier, point.features);
    return PrintedGapTerms{.logits = up(terms.logits),
                           .classifier = up(terms.classifier),
                           .orthogonality = up(terms.orthogonality),
                           .within_class = up(terms.within_class),
                           .collapsed = up(terms.collapsed),
                           .sum = up(terms.sum())};
}

std::optional<PrintedBounds> printed_bounds(const Certificate& certificate, const Bounds& bounds,
                                            Detail detail) {
    if (!bounds.feasible) {
        return std::nullopt;
    }
    const ImpliedBounds implied =
        implied_bounds(certificate.configuration, certificate.slopes, bounds.upper, bounds.lower);
    const Enclosure two(2);
    PrintedBounds printed;
    Largest margin, logit, norm, collapsed, spread;
    for (const ClassBounds& of_class : implied.classes) {
        margin.meet(two * of_class.margin.radius());
        logit.meet(two * of_class.logit_own.radius());
        logit.meet(two * of_class.logit_other.radius());
        norm.meet(two * of_class.feature_norm_squared.radius());
        spread.meet(of_class.within_class_spread);
        if (contains_zero(of_class.feature_norm_squared)) {
            ++printed.collapsed_classes;
            collapsed.meet(of_class.feature_norm_squared);
        }
        if (detail == Detail::each_class) {
            printed.margins.push_back(interval(of_class.margin, certificate.digits));
            printed.feature_norms_squared.push_back(
                interval(of_class.feature_norm_squared, certificate.digits));
        }
    }
    printed.largest_margin_width = margin.text();
    printed.largest_logit_width = logit.text();
    printed.largest_feature_norm_squared_width = norm.text();
    printed.largest_feature_inner = up(implied.largest_feature_inner());
    printed.classifier_defect = up(implied.classifier_defect);
    printed.classifier_sum = up(implied.classifier_sum());
    printed.within_class_spread = spread.text();
    printed.largest_collapsed_feature_norm_squared = collapsed.text();
    return printed;
}

Certification certify(const Certificate& certificate, Detail detail) {
    const CheckResult checked = check(certificate);
    Certification result{.proven = checked.proven,
                         .upper_bound = checked.upper_bound,
                         .lower_bound = checked.lower_bound,
                         .relative_gap = checked.relative_gap,
                         .reason = checked.reason,
                         .gap_terms = {},
                         .implied = {},
                         .minimiser_radius = {},
                         .minimiser_reason = {}};
    {
        const PrecisionScope scope(checked.digits);
        result.gap_terms = printed_gap_terms(certificate, checked.bounds);
        if (checked.proven) {
            result.implied = printed_bounds(certificate, checked.bounds, detail);
        }
    }
    const NearbyMinimiser nearby = nearby_minimiser(certificate);
    if (nearby.proven) {
        result.minimiser_radius = up(nearby.radius);
    } else {
        result.minimiser_reason = nearby.reason;
    }
    return result;
}

}  // namespace ncverify::certificates
