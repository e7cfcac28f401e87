#include "screen/measured.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::screen {

double Measured::cosine(std::size_t k, std::size_t j) const {
    return classifier_inner(k, j) / std::sqrt(classifier_inner(k, k) * classifier_inner(j, j));
}

template <typename S>
void Measured::set(const Sample& sample, const LaneView<S>& view) {
    classes = static_cast<std::size_t>(sample.shape.classes);
    dimension = static_cast<std::size_t>(sample.shape.dimension);
    v_.resize(classes * dimension);
    u_.resize(classes * dimension);
    for (int k = 0; k < sample.shape.classes; ++k) {
        for (int i = 0; i < sample.shape.dimension; ++i) {
            const auto place = static_cast<std::size_t>(k * sample.shape.dimension + i);
            v_[place] = static_cast<double>(view.v(i, k));
            u_[place] = static_cast<double>(view.u(i, k));
        }
    }
    measure(sample);
}

template void Measured::set(const Sample&, const LaneView<float>&);
template void Measured::set(const Sample&, const LaneView<double>&);

namespace {

double inner(const double* a, const double* b, std::size_t size) {
    double sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

// Gram matrix of the `count` vectors of `size` entries in `vectors`.
void gram(const std::vector<double>& vectors, std::size_t count, std::size_t size,
          std::vector<double>& result) {
    result.resize(count * count);
    for (std::size_t k = 0; k < count; ++k) {
        for (std::size_t j = 0; j <= k; ++j) {
            result[k * count + j] = result[j * count + k] =
                inner(&vectors[k * size], &vectors[j * size], size);
        }
    }
}

}  // namespace

void Measured::measure(const Sample& sample) {
    const std::size_t K = classes, d = dimension;
    double samples = 0;
    for (std::size_t k = 0; k < K; ++k) {
        samples += static_cast<double>(sample.counts[k]);
    }
    const auto value = [](const Fraction& f) {
        return static_cast<double>(f.numerator) / static_cast<double>(f.denominator);
    };
    const double lambda_w = value(sample.lambda_w), lambda_h = value(sample.lambda_h);
    const double base = 1 / (samples * std::sqrt(lambda_w * lambda_h));  // gamma_k = omega_k sqrt(n_k) base
    const double stretch = std::sqrt(static_cast<double>(K) / static_cast<double>(K - 1));
    classifier_scale = std::sqrt(std::sqrt(lambda_h / lambda_w));
    feature_scale = 1 / classifier_scale;
    for (auto* numbers : {&accuracy, &length, &unit, &margin, &curvature_}) {
        numbers->resize(K);
    }
    logits.resize(K * K);
    residual_.resize(K * K);
    double value_f = 0.5 * (inner(v_.data(), v_.data(), K * d) + inner(u_.data(), u_.data(), K * d));
    for (std::size_t k = 0; k < K; ++k) {
        const double root = std::sqrt(static_cast<double>(sample.counts[k]));
        const double gamma = base * root * sample.weight(static_cast<int>(k));
        double* z = &logits[k * K];
        double sum = 0, doubt = 0;
        for (std::size_t m = 0; m < K; ++m) {
            z[m] = inner(&v_[m * d], &u_[k * d], d) / root;
            sum += z[m];
        }
        for (std::size_t m = 0; m < K; ++m) {
            const double power = m == k ? 0 : std::exp(z[m] - z[k]);
            residual_[k * K + m] = power;
            doubt += power;
        }
        value_f += root * gamma * std::log1p(doubt);
        for (std::size_t m = 0; m < K; ++m) {
            residual_[k * K + m] *= gamma / (1 + doubt);
        }
        residual_[k * K + k] = -gamma * doubt / (1 + doubt);
        margin[k] = z[k] - (sum - z[k]) / static_cast<double>(K - 1);
        length[k] = std::sqrt(inner(&u_[k * d], &u_[k * d], d));
        unit[k] = std::sqrt(root * std::max(1.0, margin[k]) / stretch);
        curvature_[k] = std::min(1.0, std::max(2 * margin[k] / (1 + doubt), 1 - gamma / stretch));
        // The cube root is what holds where the curvature vanishes: README.md.
        accuracy[k] = gamma / (2 * static_cast<double>(K) * root);
    }
    loss = value_f * std::sqrt(lambda_w * lambda_h);
    residual = std::sqrt(projected_gradient_squared());
    bound_accuracy();
    unscale(sample);
}

double Measured::projected_gradient_squared() {
    const std::size_t K = classes, d = dimension;
    double squares = 0;
    double gradient[largest_dimension];  // of its own, so that nothing else is written with it
    const auto add = [&](double factor, const double* row) {
        for (std::size_t i = 0; i < d; ++i) {
            gradient[i] += factor * row[i];
        }
    };
    for (std::size_t m = 0; m < K; ++m) {  // V + G U^T, row by row
        std::copy_n(&v_[m * d], d, gradient);
        for (std::size_t k = 0; k < K; ++k) {
            add(residual_[k * K + m], &u_[k * d]);
        }
        squares += inner(gradient, gradient, d);
    }
    for (std::size_t k = 0; k < K; ++k) {  // U + V^T G, column by column
        std::copy_n(&u_[k * d], d, gradient);
        for (std::size_t m = 0; m < K; ++m) {
            add(residual_[k * K + m], &v_[m * d]);
        }
        for (std::size_t i = 0; i < d; ++i) {
            if (u_[k * d + i] > 0 || gradient[i] < 0) {
                squares += gradient[i] * gradient[i];
            }
        }
    }
    return squares;
}

void Measured::bound_accuracy() {
    total_accuracy = 0;
    worst_curvature = 1;
    for (std::size_t k = 0; k < classes; ++k) {
        const double cubic = std::cbrt(residual / accuracy[k]);
        accuracy[k] = curvature_[k] > 0 ? std::min(residual / curvature_[k], cubic) : cubic;
        total_accuracy += accuracy[k] * accuracy[k];
        worst_curvature = std::min(worst_curvature, curvature_[k]);
    }
    total_accuracy = std::sqrt(total_accuracy);
}

void Measured::unscale(const Sample& sample) {
    const std::size_t K = classes, d = dimension;
    w.resize(K * d);
    h.resize(K * d);
    largest_row = 0;
    for (std::size_t k = 0; k < K; ++k) {
        const double scale = feature_scale / std::sqrt(static_cast<double>(sample.counts[k]));
        largest_row = std::max(largest_row, inner(&v_[k * d], &v_[k * d], d));
        for (std::size_t i = 0; i < d; ++i) {
            w[k * d + i] = classifier_scale * v_[k * d + i];
            h[k * d + i] = scale * u_[k * d + i];
        }
    }
    largest_row = std::sqrt(largest_row);
    gram(h, K, d, feature_gram);
    gram(w, K, d, classifier_gram);
    row_length.resize(K);
    for (std::size_t k = 0; k < K; ++k) {
        row_length[k] = std::sqrt(classifier_inner(k, k));
    }
    largest_unit = *std::max_element(unit.begin(), unit.end());
}

}  // namespace ncverify::screen
