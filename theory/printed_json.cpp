#include "theory/printed_json.hpp"

#include <nlohmann/json.hpp>

#include "problem/configuration_json.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::theory {

namespace {

// The K x K matrix whose entries depend on the two counts, but for the diagonal.
template <typename Diagonal>
Json matrix_json(const PrintedForm& form, const std::vector<std::vector<std::string>>& entries,
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

Json to_json(const Configuration& configuration, const PrintedForm& form, long digits, bool summary) {
    Json json;
    json["config"] = ncverify::to_json(configuration);
    json["digits"] = digits;
    json["threshold"] = {{"exact", form.threshold_exact}, {"decimal", form.threshold}};
    json["minimum_loss"] = form.minimum_loss;
    json["attained"] = attained(configuration);
    json["classes"] = Json::array();
    for (std::size_t k = 0; k < form.group.size(); ++k) {
        const PrintedClass& values = form.groups[form.group[k]];
        Json entry = {{"count", configuration.counts[k]}};
        if (configuration.weighted()) {
            entry["weight"] = configuration.weights[k].text;
        }
        entry["collapsed"] = values.collapsed;
        entry["margin"] = values.margin;
        entry["feature_norm_squared"] = values.feature_norm_squared;
        entry["classifier_norm_squared"] = values.classifier_norm_squared;
        entry["logit_own"] = values.logit_own;
        entry["logit_other"] = values.logit_other;
        json["classes"].push_back(std::move(entry));
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

}  // namespace ncverify::theory
