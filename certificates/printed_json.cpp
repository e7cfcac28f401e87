#include "certificates/printed_json.hpp"

#include <nlohmann/json.hpp>

#include "problem/configuration_json.hpp"

namespace ncverify::certificates {

namespace {

Json decimal(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json intervals(const std::vector<api::PrintedInterval>& list) {
    Json result = Json::array();
    for (const api::PrintedInterval& interval : list) {
        result.push_back(interval.lower.empty() ? Json(nullptr)
                                                : Json{{"lower", interval.lower}, {"upper", interval.upper}});
    }
    return result;
}

}  // namespace

Json to_json(const std::optional<PrintedGapTerms>& terms) {
    if (!terms) {
        return nullptr;
    }
    return {{"logits", decimal(terms->logits)},
            {"classifier", decimal(terms->classifier)},
            {"orthogonality", decimal(terms->orthogonality)},
            {"within_class", decimal(terms->within_class)},
            {"collapsed", decimal(terms->collapsed)},
            {"sum", decimal(terms->sum)}};
}

Json to_json(const std::optional<PrintedBounds>& bounds) {
    if (!bounds) {
        return nullptr;
    }
    Json json = {
        {"largest_margin_width", decimal(bounds->largest_margin_width)},
        {"largest_logit_width", decimal(bounds->largest_logit_width)},
        {"largest_feature_norm_squared_width", decimal(bounds->largest_feature_norm_squared_width)},
        {"largest_feature_inner", decimal(bounds->largest_feature_inner)},
        {"classifier_defect", decimal(bounds->classifier_defect)},
        {"classifier_sum", decimal(bounds->classifier_sum)},
        {"within_class_spread", decimal(bounds->within_class_spread)},
        {"collapsed_classes", bounds->collapsed_classes},
        {"largest_collapsed_feature_norm_squared", decimal(bounds->largest_collapsed_feature_norm_squared)}};
    if (!bounds->margins.empty()) {
        json["margins"] = intervals(bounds->margins);
        json["feature_norms_squared"] = intervals(bounds->feature_norms_squared);
    }
    return json;
}

Json to_json(const Certification& result) {
    const api::Configuration& configuration = result.configuration;
    return {{"proven", result.proven},
            {"contradiction", result.contradiction},
            {"config", to_json(with_weights(make_configuration(configuration.counts, configuration.lambda_w,
                                                               configuration.lambda_h, configuration.dim),
                                            configuration.weights))},
            {"formulation", to_string(result.formulation)},
            {"digits", result.digits},
            {"upper_bound", decimal(result.upper_bound)},
            {"lower_bound", decimal(result.lower_bound)},
            {"relative_gap", decimal(result.relative_gap)},
            {"gap", decimal(result.gap)},
            {"reason", decimal(result.reason)},
            {"gap_terms", to_json(result.gap_terms)},
            {"implied", to_json(result.implied)},
            {"minimiser_radius", decimal(result.minimiser_radius)},
            {"minimiser_reason", decimal(result.minimiser_reason)}};
}

}  // namespace ncverify::certificates
