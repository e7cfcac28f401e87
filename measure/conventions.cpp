#include "measure/conventions.hpp"

#include <cmath>

namespace ncverify::measure {

namespace {

// trace(S_W S_B^+) about m, class k's samples with `share(k)` in S_W in place of 1/N each.
template <typename Share>
double with_shares(const Measurement& measured, double classes, const Share& share) {
    long double sum = 0;
    for (std::size_t k = 0; k < measured.classes.size(); ++k) {
        const ClassSums& sums = measured.classes[k];
        if (measured.counts[k] > 1) {
            sum += static_cast<long double>(share(static_cast<double>(measured.counts[k]))) *
                   (static_cast<long double>(classes) * sums.projected +
                    sums.recentred / static_cast<long double>(1 - measured.recentring_share));
        }
    }
    return static_cast<double>(sum);
}

}  // namespace

double nc1_above(const Measurement& measured, double cut) {
    long double sum = 0;
    for (std::size_t r = 0; r < measured.by_direction.size(); ++r) {
        sum += measured.between.singular_values[r] > cut ? measured.by_direction[r] : 0;
    }
    return static_cast<double>(sum / static_cast<long double>(measured.samples()));
}

std::vector<Convention> conventions(const Measurement& measured) {
    const auto samples = static_cast<double>(measured.samples());
    const auto classes = static_cast<double>(present_classes(measured.counts).size());
    const auto dimension = static_cast<double>(measured.configuration.dimension);
    const double largest = measured.between.singular_values.empty() ? 0 : measured.between.singular_values[0];
    const UsualMetrics &own = measured.usual.class_means, &other = measured.usual.sample_mean;
    // numpy.linalg.pinv and torch.linalg.pinv cut the eigenvalues of S_B, which are squares of these.
    const double numpy_cut = largest * std::sqrt(1e-15), torch_cut = largest * std::sqrt(dimension * 0x1p-23);
    std::vector<Convention> found;
    const auto add = [&](const char* metric, const char* choice, const std::optional<double>& value) {
        found.push_back({metric, choice, value && std::isfinite(*value) ? value : std::nullopt});
    };
    add("sw_inv_sb", "class means from h_G, the mean over samples", other.sw_inv_sb);
    add("sw_inv_sb", "S_W averages over classes: (1/K) sum_k (1/n_k) sum_i",
        with_shares(measured, classes, [&](double count) { return 1 / (classes * count); }));
    add("sw_inv_sb", "each class's covariance with 1/(n_k - 1)",
        with_shares(measured, classes, [&](double count) { return count / (count - 1) / samples; }));
    add("sw_inv_sb", "divided by K", own.sw_inv_sb ? std::optional(*own.sw_inv_sb / classes) : std::nullopt);
    add("sw_inv_sb", "h_G, and eigenvalues of S_B up to 1e-15 of the largest cut (numpy.linalg.pinv)",
        classes * nc1_above(measured, numpy_cut));
    add("sw_inv_sb",
        "h_G, and eigenvalues of S_B up to d 2^-23 of the largest cut (torch.linalg.pinv, float32)",
        classes * nc1_above(measured, torch_cut));
    const double degrees = std::sqrt((classes - 1) / classes);
    add("norm_m_cov", "standard deviation with 1/K",
        own.norm_m_cov ? std::optional(*own.norm_m_cov * degrees) : std::nullopt);
    for (const NamedMetric& one : named_metrics) {
        if (one.value == &UsualMetrics::norm_m_cov || one.value == &UsualMetrics::cos_m ||
            one.value == &UsualMetrics::w_m_dist || one.value == &UsualMetrics::etf_error) {
            add(one.name, "class means from h_G, the mean over samples", other.*one.value);
        }
    }
    return found;
}

}  // namespace ncverify::measure
