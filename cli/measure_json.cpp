#include "cli/measure_json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "theory/closed_form.hpp"
#include "theory/rounding.hpp"

namespace ncverify::cli {

namespace {

constexpr long gap_digits = 17;

// The shortest decimal that reads back as this double.
Json number(double value) {
    return std::isfinite(value) ? Json(fmt::format("{}", value)) : Json(nullptr);
}
Json number(const std::optional<double>& value) {
    return value ? number(*value) : Json(nullptr);
}
// Enclosures may be beyond the range of a double, as decays may.
Json number(const Enclosure& value) {
    return theory::rounded(value, gap_digits).value_or(value.text(gap_digits));
}

double per_sample(long double sum, long long samples) {
    return static_cast<double>(sum / static_cast<long double>(samples));
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

// Nothing where one of the two is zero. Roots first: the product of the squares may overflow.
std::optional<double> cosine(const Matrix<double>& gram, Eigen::Index k, Eigen::Index l) {
    if (!(gram(k, k) > 0 && gram(l, l) > 0)) {
        return std::nullopt;
    }
    return std::clamp(gram(k, l) / std::sqrt(gram(k, k)) / std::sqrt(gram(l, l)), -1.0, 1.0);
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

Json angles_json(const Matrix<double>& gram) {
    const auto range = angles(gram);
    if (!range) {
        return nullptr;
    }
    return {{"smallest", number(range->smallest)},
            {"mean", number(range->mean)},
            {"largest", number(range->largest)}};
}

Json input_json(const measure::StoredArray& array) {
    return {{"file", array.file},
            {"key", array.key.empty() ? Json(nullptr) : Json(array.key)},
            {"shape", array.header.shape},
            {"type", array.header.type.name()},
            {"order", array.header.fortran_order ? "Fortran" : "C"}};
}

Json class_json(const measure::Measurement& measured, std::size_t k) {
    const auto place = static_cast<Eigen::Index>(k);
    const long long count = measured.configuration.counts[k];
    const measure::ClassSums& sums = measured.classes[k];
    const auto others = static_cast<double>(measured.configuration.classes() - 1);
    const double own = measured.logits(place, place);
    return {{"count", count},
            {"correct", sums.correct},
            {"cross_entropy", number(per_sample(sums.cross_entropy, count))},
            {"feature_norm_squared", number(measured.feature_gram(place, place))},
            {"classifier_norm_squared", number(measured.classifier_gram(place, place))},
            {"logit_own", number(own)},
            {"logit_other", number((measured.logits.col(place).sum() - own) / others)},
            {"within_class_variance", number(per_sample(sums.spread, count))},
            {"largest_distance", number(sums.largest_distance)}};
}

Json gap_json(const measure::Gap& gap) {
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

Json entries_json(const measure::FeatureRange& range) {
    return {
        {"smallest", number(range.smallest)},
        {"largest", number(range.largest)},
        {"zeros", range.zeros},
        {"negatives", range.negatives},
        {"first_negative_sample", range.negatives > 0 ? Json(range.first_negative_sample) : Json(nullptr)}};
}

}  // namespace

std::optional<Angles> angles(const Matrix<double>& gram) {
    double smallest = 180, largest = 0, sum = 0;
    long long pairs = 0;
    for (Eigen::Index k = 0; k < gram.rows(); ++k) {
        for (Eigen::Index l = 0; l < k; ++l) {
            if (const auto value = cosine(gram, k, l)) {
                const double angle = std::acos(*value) * 180 / std::numbers::pi;
                smallest = std::min(smallest, angle);
                largest = std::max(largest, angle);
                sum += angle;
                ++pairs;
            }
        }
    }
    return pairs > 0 ? std::optional(Angles{smallest, sum / static_cast<double>(pairs), largest})
                     : std::nullopt;
}

std::vector<std::string> measurement_notes(const measure::Measurement& measured) {
    std::vector<std::string> notes;
    if (measured.range.negatives > 0) {
        notes.push_back(
            fmt::format("{} feature entries are negative (the first in row {}): the theorem is about "
                        "non-negative features, "
                        "and the lower bound may not hold",
                        measured.range.negatives, measured.range.first_negative_sample));
    }
    if (measured.between.rank() == 0) {
        notes.emplace_back(
            "all class means coincide, up to rounding: the pseudo-inverse in (19), and NC1, are 0");
    }
    if (!measured.nc2) {
        notes.emplace_back(
            "NC2 (20) is undefined: the classifier or its prediction from the features is zero");
    }
    if (!measured.has_decays) {
        notes.emplace_back(
            "without --lambda-w and --lambda-h there is no prediction, no NC3 (21) and no gap");
        return notes;
    }
    if (!measured.nc3) {
        notes.emplace_back(
            "NC3 (21) is undefined: the logits, measured or predicted (complete collapse), are zero");
    }
    if (!theory::attained(measured.configuration)) {
        notes.push_back(fmt::format(
            "d = {} is smaller than the number of classes above the threshold: no point attains the "
            "lower bound",
            measured.configuration.dimension));
    }
    return notes;
}

Json measurement_json(const measure::Measurement& measured, Json theory,
                      const std::vector<std::string>& notes, bool summary) {
    const Configuration& configuration = measured.configuration;
    const auto decay = [&](const std::string& text) {
        return measured.has_decays ? Json(text) : Json(nullptr);
    };
    const auto samples = configuration.samples().convert_to<long long>();
    long double spread = 0;
    long long correct = 0;
    Json classes = Json::array();
    for (std::size_t k = 0; k < measured.classes.size(); ++k) {
        spread += measured.classes[k].spread;
        correct += measured.classes[k].correct;
        classes.push_back(class_json(measured, k));
    }
    Json json;
    json["config"] = {{"counts", configuration.counts},
                      {"lambda_w", decay(configuration.lambda_w_text)},
                      {"lambda_h", decay(configuration.lambda_h_text)},
                      {"dim", configuration.dimension}};
    json["inputs"] = {{"features", input_json(measured.features)},
                      {"labels", input_json(measured.labels)},
                      {"classifier", input_json(measured.classifier)}};
    json["samples"] = samples;
    json["correct"] = correct;
    json["metrics"] = {
        {"nc1", number(measured.nc1)}, {"nc2", number(measured.nc2)}, {"nc3", number(measured.nc3)}};
    json["gap"] = measured.gap ? gap_json(*measured.gap) : Json(nullptr);
    json["feature_entries"] = entries_json(measured.range);
    json["within_classes"] = {{"trace", number(per_sample(spread, samples))}};
    json["between_classes"] = {{"trace", number(measured.between.trace)},
                               {"rank", measured.between.rank()},
                               {"rank_threshold", number(measured.between.rank_threshold)},
                               {"singular_values", Json::array()}};
    for (const double value : measured.between.singular_values) {
        json["between_classes"]["singular_values"].push_back(number(value));
    }
    json["classes"] = std::move(classes);
    json["angles"] = {{"features", angles_json(measured.feature_gram)},
                      {"classifier", angles_json(measured.classifier_gram)}};
    if (!summary) {
        json["feature_gram"] = matrix(measured.feature_gram);
        json["feature_cosine"] = cosines(measured.feature_gram);
        json["classifier_gram"] = matrix(measured.classifier_gram);
        json["classifier_cosine"] = cosines(measured.classifier_gram);
        json["logits"] = matrix(measured.logits);
    }
    json["theory"] = std::move(theory);
    json["notes"] = notes;
    json["timing"] = {{"means_s", measured.means_seconds},
                      {"statistics_s", measured.statistics_seconds},
                      {"total_s", measured.total_seconds}};
    return json;
}

}  // namespace ncverify::cli
