#include "measure/measurement_json.hpp"

#include <nlohmann/json.hpp>

#include "measure/angles.hpp"
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

Json matrix(const Matrix<double>& values) {
    Json rows = Json::array();
    for (Eigen::Index i = 0; i < values.rows(); ++i) {
        Json row = Json::array();
        for (Eigen::Index j = 0; j < values.cols(); ++j) {
            row.push_back(number(values(i, j)));
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
    const long long count = measured.configuration.counts[k];
    const ClassSums& sums = measured.classes[k];
    return {{"count", count},
            {"correct", sums.correct},
            {"cross_entropy", number(per_sample(sums.cross_entropy, count))},
            {"feature_norm_squared", number(measured.feature_gram(place, place))},
            {"classifier_norm_squared", number(measured.classifier_gram(place, place))},
            {"logit_own", number(measured.logits(place, place))},
            {"logit_other", number(measured.other_logits(place))},
            {"within_class_variance", number(per_sample(sums.spread, count))},
            {"largest_distance", number(sums.largest_distance)}};
}

Json gap_json(const Gap& gap) {
    const Enclosure total = gap.terms.sum();
    return {{"loss", number(gap.loss)},
            {"lower_bound", number(gap.lower_bound)},
            {"gap", number(total)},
            {"relative_gap", number(total / gap.lower_bound)},
            {"terms",
             {{"logits", number(gap.terms.logits)},
              {"classifier", number(gap.terms.classifier)},
              {"orthogonality", number(gap.terms.orthogonality)},
              {"within_class", number(gap.terms.within_class)},
              {"collapsed", number(gap.terms.collapsed)}}}};
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
double within_class_trace(const Measurement& measured) {
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
    json["samples"] = measured.samples();
    json["correct"] = measured.correct();
    json["metrics"] = {
        {"nc1", number(measured.nc1)}, {"nc2", number(measured.nc2)}, {"nc3", number(measured.nc3)}};
    json["gap"] = measured.gap ? gap_json(*measured.gap) : Json(nullptr);
    json["feature_entries"] = entries_json(measured.range);
    json["within_classes"] = {{"trace", number(within_class_trace(measured))}};
    json["between_classes"] = between_json(measured.between);
    json["classes"] = std::move(classes);
    json["angles"] = {{"features", angles_json(measured.feature_angles)},
                      {"classifier", angles_json(measured.classifier_angles)}};
    if (contents.matrices) {
        json["feature_gram"] = matrix(measured.feature_gram);
        json["feature_cosine"] = cosines(measured.feature_gram);
        json["classifier_gram"] = matrix(measured.classifier_gram);
        json["classifier_cosine"] = cosines(measured.classifier_gram);
        json["logits"] = matrix(measured.logits);
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
