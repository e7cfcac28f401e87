#include "ncverify/measure.hpp"

#include "files/memory_array.hpp"
#include "library/checked.hpp"
#include "library/prediction.hpp"
#include "measure/diagnosis.hpp"
#include "measure/number_text.hpp"
#include "problem/limits.hpp"

namespace ncverify::api {

namespace {

using measure::number_text;

std::vector<MeasuredClass> classes_of(const measure::Measurement& measured) {
    std::vector<MeasuredClass> classes;
    for (std::size_t k = 0; k < measured.classes.size(); ++k) {
        const auto place = static_cast<Eigen::Index>(k);
        const measure::ClassSums& sums = measured.classes[k];
        const long long count = measured.counts[k];
        classes.push_back({.count = count,
                           .correct = sums.correct,
                           .cross_entropy = measure::per_sample(sums.cross_entropy, count).value_or(0),
                           .feature_norm_squared = measured.feature_gram(place, place),
                           .classifier_norm_squared = measured.classifier_gram(place, place),
                           .logit_own = measured.logits(place, place),
                           .logit_other = measured.other_logits(place),
                           .within_class_variance = measure::per_sample(sums.spread, count).value_or(0),
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

Measurement printed(measure::Measurement found, const MeasureOptions& options) {
    const library::Predicted network = library::predicted(std::move(found), options.digits, options.matrices);
    const measure::Measurement& measured = network.measured;
    Measurement result;
    result.configuration = library::as_given(measured.configuration);
    result.nc1 = measured.nc1;
    result.nc2 = measured.nc2;
    result.nc3 = measured.nc3;
    result.classes = classes_of(measured);
    for (const measure::NamedMetric& one : measure::named_metrics) {
        result.usual.push_back({one.name, measured.usual.class_means.*one.value,
                                measured.targets ? measured.targets->class_means.*one.value : std::nullopt});
    }
    for (const measure::Finding& one : measure::diagnosis(measured)) {
        result.findings.push_back({one.kind, one.headline, one.explanation, one.advice});
    }
    if (measured.dead) {
        result.dead_classes.assign(measured.dead->classes.begin(), measured.dead->classes.end());
    }
    result.notes = network.notes;
    if (measured.gap) {
        result.gap = printed(*measured.gap);
    }
    result.theory = network.form;
    result.json = library::json_text(network, options.digits, options.matrices);
    return result;
}

void check(const MeasureOptions& options) {
    library::checked(options.digits, "digits", 1, largest_digits);
    library::checked(options.jobs, "jobs", 0, largest_jobs);
}

measure::Training training_of(const MeasureOptions& options) {
    check(options);
    measure::Training training{options.lambda_w, options.lambda_h, options.weights, options.counts,
                               options.ignored_label};
    library::require_decays(training, "lambda_w", "lambda_h");
    return training;
}

files::StoredArray matrix(const MatrixView& view, const char* name) {
    return files::memory_array(view.values, {}, {view.rows, view.columns}, name);
}

}  // namespace

Measurement measure(const NetworkFiles& files, const MeasureOptions& options) {
    const measure::Training training = training_of(options);
    const std::optional<files::EightBitFloat> eight_bits = files::eight_bit_float(files.float8, "float8");
    return printed(measure::measure(measure::NetworkFiles{files.features, files.labels, files.classifier,
                                                          files.bias, eight_bits},
                                    training, library::threads(options.jobs)),
                   options);
}

Measurement measure(const NetworkArrays& arrays, const MeasureOptions& options) {
    const measure::Training training = training_of(options);
    const files::ElementType whole{.kind = files::ElementKind::signed_integer, .size = 8};
    measure::NetworkArrays stored{matrix(arrays.features, "features"),
                                  files::memory_array(arrays.labels, whole, {arrays.features.rows}, "labels"),
                                  matrix(arrays.classifier, "classifier")};
    if (arrays.bias != nullptr) {
        stored.bias = files::memory_array(arrays.bias, {}, {arrays.classifier.rows}, "bias");
    }
    return printed(measure::measure(std::move(stored), training, library::threads(options.jobs)), options);
}

}  // namespace ncverify::api
