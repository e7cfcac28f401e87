#include "experiments/metrics.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "files/memory_array.hpp"
#include "measure/measurement.hpp"
#include "measure/number_text.hpp"

namespace ncverify::experiments {

namespace {

std::string text_of(const std::optional<double>& value) {
    return measure::number_text(value).value_or("");
}

// Three digits of a number that stands as text.
std::string rounded(const std::string& text) {
    return text.empty() ? "-" : fmt::format("{:.4g}", std::strtod(text.c_str(), nullptr));
}

}  // namespace

Metrics measured(const LastLayer& layer, const Settings& settings) {
    const auto samples = static_cast<long long>(layer.labels.size());
    const auto classes = static_cast<long long>(settings.configuration.counts.size());
    const long long dimension = settings.hidden();
    const files::ElementType single{.kind = files::ElementKind::floating, .size = 4};
    const files::ElementType whole{.kind = files::ElementKind::signed_integer, .size = 8};
    measure::NetworkArrays arrays{
        files::memory_array(layer.features, single, {samples, dimension}, "features"),
        files::memory_array(layer.labels.data(), whole, {samples}, "labels"),
        files::memory_array(layer.classifier, single, {classes, dimension}, "classifier")};
    measure::Training training{.lambda_w = settings.configuration.lambda_w_text,
                               .lambda_h = settings.configuration.lambda_h_text};
    if (!settings.weights.empty()) {
        training.weights = {settings.weights};
    }
    const measure::Measurement result = measure::measure(std::move(arrays), training, settings.threads);
    Metrics metrics{.loss = measure::number_text(*result.loss),
                    .lower_bound = measure::number_text(result.gap->lower_bound),
                    .relative_gap = measure::number_text((result.gap->loss - result.gap->lower_bound) /
                                                         result.gap->lower_bound),
                    .cross_entropy = text_of(result.cross_entropy),
                    .nc1 = text_of(result.nc1),
                    .nc2 = text_of(result.nc2),
                    .nc3 = text_of(result.nc3)};
    metrics.right = static_cast<double>(result.correct()) / static_cast<double>(samples);
    return metrics;
}

std::string csv_header() {
    return "epoch,learning_rate,loss,minimum,relative_gap,cross_entropy,right,nc1,nc2,nc3\n";
}

std::string csv_line(long epoch, double learning_rate, const Metrics& metrics) {
    return fmt::format("{},{},{},{},{},{},{},{},{},{}\n", epoch, text_of(learning_rate), metrics.loss,
                       metrics.lower_bound, metrics.relative_gap, metrics.cross_entropy,
                       text_of(metrics.right), metrics.nc1, metrics.nc2, metrics.nc3);
}

std::string in_words(const Metrics& metrics) {
    return fmt::format("loss {} (minimum {}), {:.4g} % right, NC1 {}, NC2 {}, NC3 {}", rounded(metrics.loss),
                       rounded(metrics.lower_bound), 100 * metrics.right, rounded(metrics.nc1),
                       rounded(metrics.nc2), rounded(metrics.nc3));
}

}  // namespace ncverify::experiments
