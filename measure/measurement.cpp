#include "measure/measurement.hpp"

#include <tbb/task_arena.h>

#include <chrono>

#include "certificates/check.hpp"
#include "measure/gap.hpp"
#include "problem/processor_clock.hpp"
#include "theory/closed_form.hpp"
#include "theory/metrics.hpp"

namespace ncverify::measure {

namespace {

// Twice a double's: what is left to rounding is that of the measured sums.
constexpr long working_digits = 40;

using Clock = std::chrono::steady_clock;

double nearest_double(const Enclosure& value) {
    return arf_get_d(arb_midref(value.data()), ARF_RND_NEAR);
}

// (20) needs no decays, so that a configuration may lack them here.
Configuration configuration_of(const Network& network, const std::optional<Decays>& decays) {
    if (decays) {
        return with_weights(
            make_configuration(network.counts, decays->lambda_w, decays->lambda_h, network.dimension()),
            decays->weights, "--weights");
    }
    Configuration configuration;
    configuration.counts = network.counts;
    configuration.dimension = network.dimension();
    return configuration;
}

std::vector<double> predicted_margins(const Configuration& configuration) {
    std::vector<double> margins;
    for (const theory::ClassForm& form : theory::closed_form(configuration).classes) {
        margins.push_back(nearest_double(form.margin));
    }
    return margins;
}

// (19): trace(S_W S_B^+) / K = (1/N) sum_ki sum_r (u_r . (h_ki - h_k) / s_r)^2, see BetweenClasses.
double nc1_of(const std::vector<ClassSums>& sums, long long samples) {
    long double projected = 0;
    for (const ClassSums& sum : sums) {
        projected += sum.projected;
    }
    return static_cast<double>(projected / static_cast<long double>(samples));
}

Measurement measure_in_arena(NetworkArrays arrays, const std::optional<Decays>& decays) {
    const auto start = Clock::now();
    const PrecisionScope precision(working_digits);
    Network network = open_network(std::move(arrays));
    Measurement result;
    result.configuration = configuration_of(network, decays);
    result.has_decays = decays.has_value();
    const auto means_start = Clock::now();
    const ClassMeans means = class_means(network);
    result.means_seconds = seconds_since(means_start);
    result.range = means.range;
    result.between = between_classes(means.means, network.counts);
    result.feature_gram = means.means.transpose() * means.means;
    result.classifier_gram = network.classifier * network.classifier.transpose();
    result.logits = network.classifier * means.means;
    const std::vector<Rational> slopes =
        decays ? certificates::best_slopes(result.configuration, working_digits) : std::vector<Rational>();
    std::vector<double> rounded_slopes;
    for (const Rational& slope : slopes) {
        rounded_slopes.push_back(from_rational<double>(slope));
    }
    const auto statistics_start = Clock::now();
    result.classes = sample_statistics(network, means.means, result.logits, result.between, rounded_slopes);
    result.statistics_seconds = seconds_since(statistics_start);
    result.nc1 = nc1_of(result.classes, network.samples());
    result.nc2 = theory::nc2(result.configuration, network.classifier, means.means);
    if (decays) {
        result.nc3 = theory::nc3(result.logits, predicted_margins(result.configuration));
        result.gap = gap_of(result.configuration, slopes, network.classifier, means.means, result.classes);
    }
    result.features = network.features.array();
    result.labels = std::move(network.labels_array);
    result.classifier = std::move(network.classifier_array);
    result.total_seconds = seconds_since(start);
    return result;
}

}  // namespace

long long Measurement::samples() const {
    return configuration.samples().convert_to<long long>();
}

long long Measurement::correct() const {
    long long sum = 0;
    for (const ClassSums& sums : classes) {
        sum += sums.correct;
    }
    return sum;
}

double Measurement::other_logits(Eigen::Index k) const {
    return (logits.col(k).sum() - logits(k, k)) / static_cast<double>(configuration.classes() - 1);
}

double per_sample(long double sum, long long samples) {
    return static_cast<double>(sum / static_cast<long double>(samples));
}

Measurement measure(NetworkArrays arrays, const std::optional<Decays>& decays, int jobs) {
    tbb::task_arena arena(jobs > 0 ? jobs : tbb::task_arena::automatic);
    return arena.execute([&] { return measure_in_arena(std::move(arrays), decays); });
}

Measurement measure(const NetworkFiles& files, const std::optional<Decays>& decays, int jobs) {
    return measure(open_arrays(files), decays, jobs);
}

}  // namespace ncverify::measure
