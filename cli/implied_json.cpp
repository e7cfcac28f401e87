#include "cli/implied_json.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "certificates/gap_terms.hpp"
#include "certificates/implied_bounds.hpp"
#include "certificates/krawczyk.hpp"
#include "certificates/point.hpp"

namespace ncverify::cli {

namespace {

using certificates::outward;

constexpr long size_digits = 6;  // of a width or a defect: only its order matters

Json up(const Enclosure& value) {
    const Enclosure end = value.upper();
    return is_finite(end) ? Json(outward(end, size_digits, true)) : Json(nullptr);
}

Json interval(const Enclosure& value, long digits) {
    if (!is_finite(value)) {
        return nullptr;
    }
    return {{"lower", outward(value, digits, false)}, {"upper", outward(value, digits, true)}};
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
    Json json() const { return any && !unbounded ? up(value) : Json(nullptr); }
};

std::string text(const Json& json) {
    return json.is_null() ? "no bound" : json.is_string() ? json.get<std::string>() : json.dump();
}

}  // namespace

Json gap_terms_json(const certificates::Certificate& certificate, const certificates::Bounds& bounds) {
    if (!bounds.feasible) {
        return nullptr;
    }
    const certificates::Point point = certificates::enclosed_point(certificate);
    const auto columns = feature_columns(certificate.configuration, certificate.formulation);
    const certificates::GapTerms terms = certificates::gap_terms(
        certificate.configuration, columns, certificate.slopes, point.classifier, point.features);
    return {{"logits", up(terms.logits)},
            {"classifier", up(terms.classifier)},
            {"orthogonality", up(terms.orthogonality)},
            {"within_class", up(terms.within_class)},
            {"collapsed", up(terms.collapsed)},
            {"sum", up(terms.sum())}};
}

Json implied_json(const certificates::Certificate& certificate, const certificates::Bounds& bounds,
                  bool summary) {
    if (!bounds.feasible) {
        return nullptr;
    }
    const certificates::ImpliedBounds implied = certificates::implied_bounds(
        certificate.configuration, certificate.slopes, bounds.upper, bounds.lower);
    const Enclosure two(2);
    Largest margin, logit, norm, collapsed, spread;
    long reach_zero = 0;
    Json margins = Json::array(), norms = Json::array();
    for (const certificates::ClassBounds& of_class : implied.classes) {
        margin.meet(two * of_class.margin.radius());
        logit.meet(two * of_class.logit_own.radius());
        logit.meet(two * of_class.logit_other.radius());
        norm.meet(two * of_class.feature_norm_squared.radius());
        spread.meet(of_class.within_class_spread);
        if (contains_zero(of_class.feature_norm_squared)) {
            ++reach_zero;
            collapsed.meet(of_class.feature_norm_squared);
        }
        if (!summary) {
            margins.push_back(interval(of_class.margin, certificate.digits));
            norms.push_back(interval(of_class.feature_norm_squared, certificate.digits));
        }
    }
    Json json = {{"largest_margin_width", margin.json()},
                 {"largest_logit_width", logit.json()},
                 {"largest_feature_norm_squared_width", norm.json()},
                 {"largest_feature_inner", up(implied.largest_feature_inner())},
                 {"classifier_defect", up(implied.classifier_defect)},
                 {"classifier_sum", up(implied.classifier_sum())},
                 {"within_class_spread", spread.json()},
                 {"collapsed_classes", reach_zero},
                 {"largest_collapsed_feature_norm_squared", collapsed.json()}};
    if (!summary) {
        json["margins"] = std::move(margins);
        json["feature_norms_squared"] = std::move(norms);
    }
    return json;
}

void add_minimiser_radius(Json& json, const certificates::Certificate& certificate) {
    const certificates::NearbyMinimiser nearby = certificates::nearby_minimiser(certificate);
    json["minimiser_radius"] = nearby.proven ? up(nearby.radius) : Json(nullptr);
    json["minimiser_reason"] = nearby.proven ? Json(nullptr) : Json(nearby.reason);
}

std::string implied_lines(const Json& json) {
    std::string lines;
    const auto add = [&lines](const char* name, const Json& value, const char* words) {
        lines += fmt::format("  {:<16} {:<13} {}\n", name, text(value), words);
    };
    if (const auto terms = json.find("gap_terms"); terms != json.end() && !terms->is_null()) {
        lines += "the gap in five parts, each at most\n";
        add("logits", (*terms)["logits"], "loss above its tangent in the margins");
        add("classifier", (*terms)["classifier"], "W away from its combination of class means");
        add("orthogonality", (*terms)["orthogonality"], "class means sharing coordinates");
        add("within class", (*terms)["within_class"], "features away from their class mean");
        add("collapsed", (*terms)["collapsed"], "features of classes whose slope is below its limit");
    }
    if (const auto implied = json.find("implied"); implied != json.end() && !implied->is_null()) {
        const Json& bound = *implied;
        lines += "hence at every global minimiser, at most\n";
        add("margins", bound["largest_margin_width"], "width of the interval that holds a class's margin");
        add("logits", bound["largest_logit_width"], "width of the interval that holds a logit");
        add("norms", bound["largest_feature_norm_squared_width"],
            "width of the interval that holds ||h_k||^2");
        add("inner products", bound["largest_feature_inner"], "h_k . h_l of two classes");
        add("classifier", bound["classifier_defect"], "distance of W from its combination of class means");
        add("sum of w_k", bound["classifier_sum"], "its norm");
        add("within class", bound["within_class_spread"], "distance of a feature from its class mean");
        if (bound["collapsed_classes"] != 0) {
            add("collapsed", bound["largest_collapsed_feature_norm_squared"],
                fmt::format("||h_k||^2 of classes not told from zero ({})",
                            bound["collapsed_classes"].get<long>())
                    .c_str());
        }
    }
    if (json.contains("minimiser_radius")) {
        const bool proven = !json["minimiser_radius"].is_null();
        lines +=
            fmt::format("local minimiser  {}\n",
                        proven ? "within " + text(json["minimiser_radius"]) + " in every entry of W and H"
                               : "not located: " + text(json["minimiser_reason"]));
    }
    return lines;
}

}  // namespace ncverify::cli
