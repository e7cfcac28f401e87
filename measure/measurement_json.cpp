#include "measure/measurement_json.hpp"

#include <nlohmann/json.hpp>

#include "measure/angles.hpp"
#include "measure/conventions.hpp"
#include "measure/diagnosis.hpp"
#include "measure/number_text.hpp"
#include "problem/configuration_json.hpp"

namespace ncverify::measure {

namespace {

// Null where there is no number.
Json number(const std::optional<double>& value) {
    const auto text = number_text(value);
    return text ? Json(*text) : Json(nullptr);
}
Json number(double value) {
    return number(std::optional(value));
}
Json number(const Enclosure& value) {
    return number_text(value);
}

// @param known  whether entry (i, j) is anything but a zero in place of a class without samples
template <typename Known>
Json matrix(const Matrix<double>& values, const Known& known) {
    Json rows = Json::array();
    for (Eigen::Index i = 0; i < values.rows(); ++i) {
        Json row = Json::array();
        for (Eigen::Index j = 0; j < values.cols(); ++j) {
            row.push_back(known(i, j) ? number(values(i, j)) : Json(nullptr));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

Json cosines(const Matrix<double>& gram) {
    Json rows = Json::array();
    for (Eigen::Index k = 0; k < gram.rows(); ++k) {
        Json row = Json::array();
        for (Eigen::Index l = 0; l < gram.cols(); ++l) {
            const auto value = cosine(gram, k, l);
            row.push_back(number(value && k == l ? 1.0 : value));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

Json angles_json(const std::optional<Angles>& range) {
    if (!range) {
        return nullptr;
    }
    return {{"smallest", number(range->smallest)},
            {"mean", number(range->mean)},
            {"largest", number(range->largest)}};
}

Json input_json(const files::StoredArray& array) {
    return {{"file", array.file},
            {"key", array.key.empty() ? Json(nullptr) : Json(array.key)},
            {"shape", array.header.shape},
            {"type", array.header.type.name()},
            {"order", array.header.fortran_order ? "Fortran" : "C"}};
}

Json class_json(const Measurement& measured, std::size_t k) {
    const auto place = static_cast<Eigen::Index>(k);
    const long long count = measured.counts[k];
    const ClassSums& sums = measured.classes[k];
    return {{"count", count},
            {"correct", sums.correct},
            {"first_largest", sums.first},
            {"cross_entropy", number(per_sample(sums.cross_entropy, count))},
            {"feature_norm_squared", count > 0 ? number(measured.feature_gram(place, place)) : Json(nullptr)},
            {"classifier_norm_squared", number(measured.classifier_gram(place, place))},
            {"logit_own", count > 0 ? number(measured.logits(place, place)) : Json(nullptr)},
            {"logit_other", count > 0 ? number(measured.other_logits(place)) : Json(nullptr)},
            {"within_class_variance", number(per_sample(sums.spread, count))},
            {"largest_distance", count > 0 ? number(sums.largest_distance) : Json(nullptr)}};
}

Json gap_json(const Gap& gap, const std::optional<DeadClasses>& dead) {
    const Enclosure total = gap.terms.sum();
    return {{"loss", number(gap.loss)},
            {"lower_bound", number(gap.lower_bound)},
            {"gap", number(total)},
            {"relative_gap", number(total / gap.lower_bound)},
            {"of_which_dead", dead ? number(dead->cost) : Json(nullptr)},
            {"terms",
             {{"logits", number(gap.terms.logits)},
              {"classifier", number(gap.terms.classifier)},
              {"orthogonality", number(gap.terms.orthogonality)},
              {"within_class", number(gap.terms.within_class)},
              {"collapsed", number(gap.terms.collapsed)}}}};
}

// The paper's three, and the usual ones.
Json metrics_json(const std::optional<double>& nc1, const std::optional<double>& nc2,
                  const std::optional<double>& nc3, const UsualMetrics& usual) {
    Json json = {{"nc1", number(nc1)}, {"nc2", number(nc2)}, {"nc3", number(nc3)}};
    for (const NamedMetric& one : named_metrics) {
        json[one.name] = number(usual.*one.value);
    }
    return json;
}

void add_metrics(const Measurement& measured, Json& json) {
    json["metrics"] = metrics_json(measured.nc1, measured.nc2, measured.nc3, measured.usual.class_means);
    json["metrics_sample_mean"] =
        metrics_json(measured.nc1, measured.nc2, measured.nc3, measured.usual.sample_mean);
    json["targets"] = nullptr;
    json["targets_sample_mean"] = nullptr;
    if (measured.targets) {
        const std::optional<double> nc2 = measured.nc3_target;  // undefined together, in complete collapse
        json["targets"] = metrics_json(0, nc2, measured.nc3_target, measured.targets->class_means);
        json["targets_sample_mean"] =
            metrics_json(0, nc2, measured.nc3_target, measured.targets->sample_mean);
    }
    json["conventions"] = Json::array();
    for (const Convention& one : conventions(measured)) {
        json["conventions"].push_back(
            {{"metric", one.metric}, {"choice", one.choice}, {"value", number(one.value)}});
    }
}

Json implied_json(const Measurement& measured) {
    const ImpliedDecays& implied = *measured.implied;
    Json used = Json::array();
    if (measured.lambda_w_implied) {
        used.push_back("lambda_w");
    }
    if (measured.lambda_h_implied) {
        used.push_back("lambda_h");
    }
    Json json = {{"lambda_w", number(implied.lambda_w)},
                 {"lambda_h", number(implied.lambda_h)},
                 {"ratio", number(implied.ratio)},
                 {"residual", number(implied.residual)},
                 {"residual_exact", implied.residual_exact},
                 {"reliable", implied.reliable},
                 {"why", implied.why},
                 {"used", used},
                 {"contradiction", nullptr}};
    if (measured.contradiction) {
        const auto& [fitting, gap] = *measured.contradiction;
        json["contradiction"] = {{"factor", number(fitting.factor)},
                                 {"lambda_w", fitting.lambda_w},
                                 {"lambda_h", fitting.lambda_h},
                                 {"lambda_w_fits", fitting.lambda_w_fits},
                                 {"lambda_h_fits", fitting.lambda_h_fits},
                                 {"gap", number(gap.terms.sum())},
                                 {"relative_gap", number(gap.terms.sum() / gap.lower_bound)}};
    }
    return json;
}

// How far each class's own logit stands above the mean of the others, at its mean, and M_k beside it.
Json margins_json(const Measurement& measured) {
    Json json = {{"measured", Json::array()}, {"targets", nullptr}};
    for (Eigen::Index k = 0; k < measured.logits.cols(); ++k) {
        json["measured"].push_back(measured.counts[static_cast<std::size_t>(k)] > 0
                                       ? number(measured.logits(k, k) - measured.other_logits(k))
                                       : Json(nullptr));
    }
    if (!measured.margins.empty()) {
        json["targets"] = Json::array();
        for (const double margin : measured.margins) {
            json["targets"].push_back(number(margin));
        }
    }
    return json;
}

// Nothing is known of them without decays.
Json dead_json(const Measurement& measured) {
    if (!measured.dead) {
        return nullptr;
    }
    Json classes = Json::array();
    for (const Eigen::Index k : measured.dead->classes) {
        classes.push_back(k);
    }
    return classes;
}

Json diagnosis_json(const Measurement& measured) {
    Json findings = Json::array();
    for (const Finding& one : diagnosis(measured)) {
        findings.push_back({{"kind", one.kind},
                            {"headline", one.headline},
                            {"explanation", one.explanation},
                            {"advice", one.advice}});
    }
    return findings;
}

Json entries_json(const FeatureRange& range) {
    return {
        {"smallest", number(range.smallest)},
        {"largest", number(range.largest)},
        {"zeros", range.zeros},
        {"negatives", range.negatives},
        {"first_negative_sample", range.negatives > 0 ? Json(range.first_negative_sample) : Json(nullptr)}};
}

// Of S_W.
std::optional<double> within_class_trace(const Measurement& measured) {
    long double spread = 0;
    for (const ClassSums& sums : measured.classes) {
        spread += sums.spread;
    }
    return per_sample(spread, measured.samples());
}

Json between_json(const BetweenClasses& between) {
    Json json = {{"trace", number(between.trace)},
                 {"rank", between.rank()},
                 {"rank_threshold", number(between.rank_threshold)},
                 {"singular_values", Json::array()}};
    for (const double value : between.singular_values) {
        json["singular_values"].push_back(number(value));
    }
    return json;
}

}  // namespace

Json to_json(const Measurement& measured, Json theory, const std::vector<std::string>& notes,
             Contents contents) {
    Json classes = Json::array();
    for (std::size_t k = 0; k < measured.classes.size(); ++k) {
        classes.push_back(class_json(measured, k));
    }
    Json json;
    json["config"] = ncverify::to_json(measured.configuration,
                                       measured.has_decays ? DecayText::as_given : DecayText::none);
    json["inputs"] = {{"features", input_json(measured.features)},
                      {"labels", input_json(measured.labels)},
                      {"classifier", input_json(measured.classifier)}};
    if (measured.bias_array) {
        json["inputs"]["bias"] = input_json(*measured.bias_array);
    }
    json["samples"] = measured.samples();
    json["correct"] = measured.correct();
    json["first_largest"] = measured.first();
    json["cross_entropy"] = number(measured.cross_entropy);
    json["loss"] = measured.loss ? number(*measured.loss) : Json(nullptr);
    json["diagnosis"] = diagnosis_json(measured);
    add_metrics(measured, json);
    json["implied"] = measured.implied ? implied_json(measured) : Json(nullptr);
    json["dead_classes"] = dead_json(measured);
    json["gap"] = measured.gap ? gap_json(*measured.gap, measured.dead) : Json(nullptr);
    json["feature_entries"] = entries_json(measured.range);
    json["within_classes"] = {{"trace", number(within_class_trace(measured))}};
    json["between_classes"] = between_json(measured.between);
    json["classes"] = std::move(classes);
    json["angles"] = {{"features", angles_json(measured.feature_angles)},
                      {"classifier", angles_json(measured.classifier_angles)}};
    if (contents.matrices) {
        const auto present = [&](Eigen::Index k) { return measured.counts[static_cast<std::size_t>(k)] > 0; };
        json["feature_gram"] =
            matrix(measured.feature_gram, [&](auto k, auto l) { return present(k) && present(l); });
        json["feature_cosine"] = cosines(measured.feature_gram);
        json["classifier_gram"] = matrix(measured.classifier_gram, [](auto, auto) { return true; });
        json["classifier_cosine"] = cosines(measured.classifier_gram);
        json["logits"] = matrix(measured.logits, [&](auto, auto k) { return present(k); });
        json["margins"] = margins_json(measured);
    }
    json["theory"] = std::move(theory);
    json["notes"] = notes;
    if (contents.timing) {
        json["timing"] = {{"means_s", measured.means_seconds},
                          {"statistics_s", measured.statistics_seconds},
                          {"total_s", measured.total_seconds}};
    }
    return json;
}

}  // namespace ncverify::measure
