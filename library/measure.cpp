#include "ncverify/measure.hpp"

#include <nlohmann/json.hpp>

#include "files/memory_array.hpp"
#include "library/checked.hpp"
#include "measure/measurement_json.hpp"
#include "measure/notes.hpp"
#include "measure/number_text.hpp"
#include "measure/prediction.hpp"
#include "problem/errors.hpp"
#include "problem/limits.hpp"
#include "theory/printed_json.hpp"

namespace ncverify::api {

namespace {

using measure::number_text;

std::optional<measure::Decays> decays_of(const MeasureOptions& options) {
    if (options.lambda_w.empty() && options.lambda_h.empty()) {
        return std::nullopt;
    }
    parse_lambda(options.lambda_w, "lambda_w");
    parse_lambda(options.lambda_h, "lambda_h");
    return measure::Decays{options.lambda_w, options.lambda_h};
}

std::vector<MeasuredClass> classes_of(const measure::Measurement& measured) {
    std::vector<MeasuredClass> classes;
    for (std::size_t k = 0; k < measured.classes.size(); ++k) {
        const auto place = static_cast<Eigen::Index>(k);
        const measure::ClassSums& sums = measured.classes[k];
        const long long count = measured.configuration.counts[k];
        classes.push_back({.count = count,
                           .correct = sums.correct,
                           .cross_entropy = measure::per_sample(sums.cross_entropy, count),
                           .feature_norm_squared = measured.feature_gram(place, place),
                           .classifier_norm_squared = measured.classifier_gram(place, place),
                           .logit_own = measured.logits(place, place),
                           .logit_other = measured.other_logits(place),
                           .within_class_variance = measure::per_sample(sums.spread, count),
                           .largest_distance = sums.largest_distance});
    }
    return classes;
}

MeasuredGap printed(const measure::Gap& gap) {
    return {.loss = number_text(gap.loss),
            .lower_bound = number_text(gap.lower_bound),
            .terms = {.logits = number_text(gap.terms.logits),
                      .classifier = number_text(gap.terms.classifier),
                      .orthogonality = number_text(gap.terms.orthogonality),
                      .within_class = number_text(gap.terms.within_class),
                      .collapsed = number_text(gap.terms.collapsed),
                      .sum = number_text(gap.terms.sum())}};
}

Measurement printed(const measure::Measurement& measured, const MeasureOptions& options) {
    if (options.matrices) {
        measure::require_matrices_fit(measured, options.digits);
    }
    Measurement result;
    result.configuration = library::as_given(measured.configuration);
    result.nc1 = measured.nc1;
    result.nc2 = measured.nc2;
    result.nc3 = measured.nc3;
    result.classes = classes_of(measured);
    result.notes = measure::notes_on(measured);
    if (measured.gap) {
        result.gap = printed(*measured.gap);
    }
    result.theory = measure::predicted_form(measured, options.digits, options.matrices, result.notes);
    const Json theory = result.theory ? theory::to_json(measured.configuration, *result.theory,
                                                        options.digits, !options.matrices)
                                      : Json(nullptr);
    result.json =
        measure::to_json(measured, theory, result.notes, {.matrices = options.matrices, .timing = true})
            .dump(2, ' ', false, Json::error_handler_t::replace);
    return result;
}

void check(const MeasureOptions& options) {
    library::checked(options.digits, "digits", 1, largest_digits);
    library::checked(options.jobs, "jobs", 0, largest_jobs);
}

files::StoredArray matrix(const MatrixView& view, const char* name) {
    return files::memory_array(view.values, {}, {view.rows, view.columns}, name);
}

}  // namespace

Measurement measure(const NetworkFiles& files, const MeasureOptions& options) {
    check(options);
    const auto decays = decays_of(options);
    return printed(measure::measure(measure::NetworkFiles{files.features, files.labels, files.classifier},
                                    decays, options.jobs),
                   options);
}

Measurement measure(const NetworkArrays& arrays, const MeasureOptions& options) {
    check(options);
    const auto decays = decays_of(options);
    const files::ElementType whole{.kind = files::ElementKind::signed_integer, .size = 8};
    return printed(
        measure::measure(measure::NetworkArrays{matrix(arrays.features, "features"),
                                                files::memory_array(arrays.labels, whole,
                                                                    {arrays.features.rows}, "labels"),
                                                matrix(arrays.classifier, "classifier")},
                         decays, options.jobs),
        options);
}

}  // namespace ncverify::api
