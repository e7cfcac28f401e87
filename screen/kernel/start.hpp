// Start: a sample written into a lane, with the random point from which its descent begins.
#pragma once

#include "screen/kernel/engine.hpp"

namespace ncverify::screen {

/// Writes problem and starting point: V uniform in (-1, 1), U in n_k^(1/4) (0, 1), from stream 2 of the case.
/// The same bits on every device. Returns the revivable classes as bits: gamma_k^2 (K-1)/K > 1, with a margin
/// for its rounding, so that a class exactly at its threshold is none.
template <typename S>
NCVERIFY_DEVICE inline std::uint32_t write_start(const Sample& sample, std::uint64_t seed,
                                                 const LaneView<S>& view) {
    std::uint32_t revivable = 0;
    const int classes = sample.shape.classes;
    S scale[largest_classes];
    const auto inverse = [](const Fraction& decay) {
        return static_cast<double>(decay.denominator) / static_cast<double>(decay.numerator);
    };
    const double total = sample.total(), w = inverse(sample.lambda_w), h = inverse(sample.lambda_h);
    for (int k = 0; k < classes; ++k) {
        // gamma_k^2 = omega_k^2 n_k / (N^2 lambda_W lambda_H), to a few units in the last place of a double.
        const double squared = sample.strength(k) / total / total * w * h, gamma = __builtin_sqrt(squared);
        const double root = __builtin_sqrt(static_cast<double>(sample.counts[k]));
        const double fourth = __builtin_sqrt(root);
        view.inverse_root[k * view.stride] = static_cast<S>(1 / root);
        view.gamma[k * view.stride] = static_cast<S>(gamma);
        view.weight[k * view.stride] = static_cast<S>(gamma * root);
        view.inverse_scale[k * view.stride] = static_cast<S>(1 / fourth);
        scale[k] = static_cast<S>(fourth);
        if (squared * (classes - 1) > (1 + 1e-12) * classes) {
            revivable |= 1U << k;
        }
    }
    CaseRandom random(seed, sample.number, 2);
    for (int i = 0; i < sample.shape.dimension; ++i) {
        for (int k = 0; k < classes; ++k) {
            view.v(i, k) = 2 * static_cast<S>(random.uniform()) - 1;
            view.u(i, k) = scale[k] * static_cast<S>(random.uniform());
        }
    }
    return revivable;
}

}  // namespace ncverify::screen
