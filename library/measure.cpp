#include "ncverify/measure.hpp"

#include "files/memory_array.hpp"
#include "library/checked.hpp"
#include "library/prediction.hpp"
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

Measurement printed(measure::Measurement found, const MeasureOptions& options) {
    const library::Predicted network = library::predicted(std::move(found), options.digits, options.matrices);
    const measure::Measurement& measured = network.measured;
    Measurement result;
    result.configuration = library::as_given(measured.configuration);
    result.nc1 = measured.nc1;
    result.nc2 = measured.nc2;
    result.nc3 = measured.nc3;
    result.classes = classes_of(measured);
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

files::StoredArray matrix(const MatrixView& view, const char* name) {
    return files::memory_array(view.values, {}, {view.rows, view.columns}, name);
}

}  // namespace

Measurement measure(const NetworkFiles& files, const MeasureOptions& options) {
    check(options);
    const auto decays = library::decays_of(options.lambda_w, options.lambda_h, "lambda_w", "lambda_h",
                                           options.weights, "weights");
    return printed(measure::measure(measure::NetworkFiles{files.features, files.labels, files.classifier},
                                    decays, options.jobs),
                   options);
}

Measurement measure(const NetworkArrays& arrays, const MeasureOptions& options) {
    check(options);
    const auto decays = library::decays_of(options.lambda_w, options.lambda_h, "lambda_w", "lambda_h",
                                           options.weights, "weights");
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
