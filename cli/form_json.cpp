#include "cli/form_json.hpp"

#include <nlohmann/json.hpp>

#include "theory/closed_form.hpp"

namespace ncverify::cli {

namespace {

Json config_json(const Configuration& configuration) {
    return {{"counts", configuration.counts},
            {"lambda_w", configuration.lambda_w_text},
            {"lambda_h", configuration.lambda_h_text},
            {"dim", configuration.dimension}};
}

// The K x K matrix whose entries depend on the two counts, but for the diagonal.
template <typename Diagonal>
Json matrix_json(const theory::PrintedForm& form, const std::vector<std::vector<std::string>>& entries,
                 Diagonal diagonal) {
    const auto value = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
    Json rows = Json::array();
    for (std::size_t k = 0; k < form.group.size(); ++k) {
        Json row = Json::array();
        for (std::size_t j = 0; j < form.group.size(); ++j) {
            row.push_back(value(k == j ? diagonal(k) : entries[form.group[k]][form.group[j]]));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

Json form_json(const Configuration& configuration, const theory::PrintedForm& form, long digits,
               bool summary) {
    Json json;
    json["config"] = config_json(configuration);
    json["digits"] = digits;
    json["threshold"] = {{"exact", form.threshold_exact}, {"decimal", form.threshold}};
    json["minimum_loss"] = form.minimum_loss;
    json["attained"] = theory::attained(configuration);
    json["classes"] = Json::array();
    for (std::size_t k = 0; k < form.group.size(); ++k) {
        const theory::PrintedClass& values = form.groups[form.group[k]];
        json["classes"].push_back({{"count", configuration.counts[k]},
                                   {"collapsed", values.collapsed},
                                   {"margin", values.margin},
                                   {"feature_norm_squared", values.feature_norm_squared},
                                   {"classifier_norm_squared", values.classifier_norm_squared},
                                   {"logit_own", values.logit_own},
                                   {"logit_other", values.logit_other}});
    }
    if (!summary) {
        json["classifier_gram"] = matrix_json(form, form.inner, [&](std::size_t k) {
            return form.groups[form.group[k]].classifier_norm_squared;
        });
        json["classifier_cosine"] =
            matrix_json(form, form.cosine, [&](std::size_t) { return form.own_cosine; });
    }
    return json;
}

}  // namespace ncverify::cli
