#include "certificates/printed.hpp"

#include "certificates/decimal.hpp"
#include "certificates/gap_terms.hpp"
#include "certificates/implied_bounds.hpp"
#include "certificates/krawczyk.hpp"
#include "problem/errors.hpp"
#include "problem/progress.hpp"

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

// What the check came to.
void take(const CheckResult& checked, Certification& result) {
    result.proven = checked.proven;
    result.contradiction = checked.contradiction;
    result.upper_bound = checked.upper_bound;
    result.lower_bound = checked.lower_bound;
    result.relative_gap = checked.relative_gap;
    result.gap = checked.gap;
    result.reason = checked.reason;
}

}  // namespace

namespace {

// What is known before anything is checked: of what the claim is, and in what it falls short of the demand.
Certification unchecked(const Certificate& certificate, const Demand& demand) {
    const Configuration& configuration = certificate.configuration;
    Certification result;
    result.configuration = {.counts = configuration.counts,
                            .lambda_w = configuration.lambda_w_text,
                            .lambda_h = configuration.lambda_h_text,
                            .dim = configuration.dimension,
                            .weights = weight_texts(configuration.weights)};
    result.formulation = certificate.formulation;
    result.digits = certificate.digits;
    result.reason = shortfall(certificate, demand);
    return result;
}

}  // namespace

std::optional<PrintedGapTerms> printed_gap_terms(const Certificate& certificate, const Bounds& bounds) {
    if (!bounds.feasible) {
        return std::nullopt;
    }
    const auto columns = feature_columns(certificate.configuration, certificate.formulation);
    const GapTerms terms = gap_terms(certificate.configuration, columns, certificate.slopes, bounds.at->point,
                                     bounds.at->losses);
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
            api::PrintedInterval norm_squared = interval(of_class.feature_norm_squared, certificate.digits);
            if (!norm_squared.lower.empty()) {
                norm_squared.lower = outward_nonnegative(of_class.feature_norm_squared, certificate.digits);
            }
            printed.feature_norms_squared.push_back(std::move(norm_squared));
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

std::string shortfall(const Certificate& certificate, const Demand& demand) {
    std::string text;
    const auto compare = [&text](const char* name, const std::string& certified,
                                 const std::string& demanded) {
        text += (text.empty() ? "" : ", ") + std::string(name) + " " + printable(certified) +
                " in place of " + printable(demanded);
    };
    const Configuration& own = certificate.configuration;
    if (demand.configuration) {
        const Configuration& other = *demand.configuration;
        if (own.counts != other.counts) {
            compare("counts", counts_text(own.counts), counts_text(other.counts));
        }
        if (own.lambda_w != other.lambda_w) {
            compare("lambda_w", own.lambda_w_text, other.lambda_w_text);
        }
        if (own.lambda_h != other.lambda_h) {
            compare("lambda_h", own.lambda_h_text, other.lambda_h_text);
        }
        if (own.weights != other.weights) {
            const auto text = [](const Configuration& one) {
                return one.weighted() ? weights_text(one.weights) : std::string("1");
            };
            compare("weights", text(own), text(other));
        }
        if (own.dimension != other.dimension) {
            compare("dim", std::to_string(own.dimension), std::to_string(other.dimension));
        }
    }
    if (certificate.digits < demand.digits) {
        compare("digits", std::to_string(certificate.digits), std::to_string(demand.digits));
    }
    return text.empty() ? "" : "not what was demanded: " + text;
}

Certification certify(const TreeCertificate& certificate, const Demand& demand) {
    Certification result = unchecked(certificate.claim, demand);
    if (result.reason.empty() && demand.digits > 0) {
        const PrecisionScope scope(size_digits + 10);
        const auto number = [](const std::string& text) { return enclosed(parse_decimal(text, "gap")); };
        if (!certainly_at_most(number(certificate.gap), number("1e" + std::to_string(2 - demand.digits)))) {
            result.reason = "not what was demanded: a gap of " + certificate.gap + " in place of " +
                            std::to_string(demand.digits) + " digits";
        }
    }
    result.minimiser_reason = "not looked for: the trees hold the point's images";
    if (!result.reason.empty()) {
        return result;
    }
    take(check(certificate), result);
    return result;
}

Certification certify(const Certificate& certificate, Detail detail, const Demand& demand) {
    Certification result = unchecked(certificate, demand);
    if (!result.reason.empty()) {
        result.minimiser_reason = "not looked for";
        return result;
    }
    const CheckResult checked = check(certificate);
    take(checked, result);
    {
        const PrecisionScope scope(checked.digits);
        note_progress("the gap, term by term", -1);
        result.gap_terms = printed_gap_terms(certificate, checked.bounds);
        if (checked.proven) {
            result.implied = printed_bounds(certificate, checked.bounds, detail);
        }
    }
    if (checked.digits < certificate.digits) {
        // Refused at a glance: no work at all the digits that it claims.
        result.minimiser_reason = "not looked for";
        return result;
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
