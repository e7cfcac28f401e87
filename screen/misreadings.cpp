// Wrong formulas close to right ones, injected on demand: the screen must notice each of them.
#include <algorithm>
#include <cmath>

#include "problem/errors.hpp"
#include "properties/registry.hpp"
#include "screen/claims.hpp"

namespace ncverify::screen {

namespace {

// c = N sqrt((K-1)/K) lW lH, the root over the first factor only.
void constant_as_scanned(const Subject& s, Reading& reading) {
    const auto K = static_cast<double>(s.found.classes);
    const double c = s.form.samples * std::sqrt((K - 1) / K) * s.form.lambda_w * s.form.lambda_h;
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        const double odds = (K - 1) * (s.form.root[k] / c - 1);
        reading.equal(s.found.margin[k], odds > 1 ? std::log(odds) : 0, std::max(1.0, s.found.margin[k]),
                      2 * logit_tolerance(s, k));
    }
}

// (9) with M_k inside the root.
void margin_inside_root(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        reading.equal(s.found.feature_inner(k, k), s.form.feature_factor[k] * std::sqrt(s.form.margin[k]),
                      feature_unit(s, k, k), feature_tolerance(s, k, k));
    }
}

// (10) without the factors sqrt(n_k).
void relation_without_counts(const Subject& s, Reading& reading) {
    const auto K = static_cast<double>(s.found.classes);
    const std::size_t d = s.found.dimension;
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        double squares = 0;
        for (std::size_t i = 0; i < d; ++i) {
            double sum = 0;
            for (std::size_t m = 0; m < s.found.classes; ++m) {
                sum += s.found.h[m * d + i];
            }
            const double off = s.found.w[k * d + i] - s.form.relation * (K * s.found.h[k * d + i] - sum);
            squares += off * off;
        }
        reading.zero(std::sqrt(squares), std::sqrt(classifier_unit(s)),
                     3 * s.found.total_accuracy * s.found.classifier_scale);
    }
}

// (11) with K and K-1 exchanged.
void logit_swapped(const Subject& s, Reading& reading) {
    const auto K = static_cast<double>(s.found.classes);
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        reading.equal(s.found.logit(k, k), K / (K - 1) * s.form.margin[k], std::max(1.0, s.found.margin[k]),
                      logit_tolerance(s, k));
    }
}

// (14) with M_i/M_j inside the root.
void ratio_inside_root(const Subject& s, Reading& reading) {
    for (std::size_t i = 0; i < s.found.classes; ++i) {
        for (std::size_t j = 0; j < s.found.classes; ++j) {
            if (i == j || s.form.collapsed(i) || s.form.collapsed(j)) {
                continue;
            }
            const double first = s.found.feature_inner(i, i), second = s.found.feature_inner(j, j);
            const double far = feature_tolerance(s, i, i) / first + feature_tolerance(s, j, j) / second;
            const double ratio =
                std::sqrt(s.form.count[j] / s.form.count[i] * s.form.margin[i] / s.form.margin[j]);
            if (far < 0.25) {
                reading.equal(first / second, ratio, ratio, far * first / second);
            }
        }
    }
}

// (15) with K_A where K_B stands.
void groups_swapped(const Subject& s, Reading& reading) {
    const auto [major, minor] = two_groups(s);
    if (major.size() < 2 || all_collapsed(s)) {
        return;
    }
    const auto K = static_cast<double>(s.found.classes), own = static_cast<double>(major.size());
    const double a = s.form.weight[major[0]], b = s.form.weight[minor[0]];
    const double far = cosine_tolerance(s, major[0], major[1]);
    if (far < 1) {
        reading.equal(s.found.cosine(major[0], major[1]),
                      1 - K * K * a / (K * K * a - K * a - own * a + own * b), 1, far);
    }
}

// Proposition 1 with the sum over all m.
void norm_with_full_sum(const Subject& s, Reading& reading) {
    const double p = s.form.relation / static_cast<double>(s.found.classes);
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        reading.equal(s.found.classifier_inner(k, k), s.form.classifier_inner(k, k) + p * s.form.weight[k],
                      classifier_unit(s), classifier_tolerance(s, k, k));
    }
}

// A class that should be zero, or should not be, by a wrong condition.
void claimed_zero(const Subject& s, Reading& reading, std::size_t k, bool zero) {
    const double norm = std::sqrt(s.found.feature_inner(k, k));
    const double far = s.found.accuracy[k] * s.found.feature_scale / s.form.root[k];
    if (zero) {
        reading.zero(norm, std::sqrt(feature_unit(s, k, k)), far);
    } else {
        // Zero to within the point's accuracy, where curvature says that it is no small positive number.
        reading.zero(norm <= safety * far && s.form.collapsed(k) ? 1 : 0, 1, 0);
    }
}

// (17) with sqrt(lW lH).
void minority_with_root(const Subject& s, Reading& reading) {
    const auto [major, minor] = two_groups(s);
    if (major.empty()) {
        return;
    }
    const auto K = static_cast<double>(s.found.classes);
    const double left = s.form.count[major[0]] / s.form.count[minor[0]] * static_cast<double>(major.size()) +
                        static_cast<double>(minor.size());
    const bool zero = left >= (K - 1) / (s.form.samples * K * std::sqrt(s.form.lambda_w * s.form.lambda_h));
    for (const std::size_t k : minor) {
        claimed_zero(s, reading, k, zero);
    }
}

// (18) with the smallest count.
void complete_by_smallest(const Subject& s, Reading& reading) {
    const auto K = static_cast<double>(s.found.classes);
    const double least = *std::min_element(s.form.count.begin(), s.form.count.end());
    if (s.form.samples * s.form.samples / least < (K - 1) / (K * s.form.lambda_w * s.form.lambda_h)) {
        return;
    }
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        claimed_zero(s, reading, k, true);
    }
}

// (37) with lH/lW: c_3^2 = K(K-1) sum n_k ||h_k||^2 / sum ||w_k||^2 at the point.
void c3_inverted(const Subject& s, Reading& reading) {
    const auto K = static_cast<double>(s.found.classes);
    double features = 0, classifiers = 0;
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        features += s.form.count[k] * s.found.feature_inner(k, k);
        classifiers += s.found.classifier_inner(k, k);
    }
    if (all_collapsed(s) || classifiers == 0) {
        return;
    }
    const double measured = K * (K - 1) * features / classifiers;
    const double claimed = s.form.lambda_h / s.form.lambda_w * K * (K - 1);
    const double far = 4 * s.found.total_accuracy * s.found.classifier_scale / std::sqrt(classifiers);
    if (far < 0.25) {
        reading.equal(measured, claimed, claimed, far * std::max(measured, claimed));
    }
}

// The last line of the chain before (40) with n_k x for sqrt(n_k) x, at t = e^(sqrt(n) x) / (K-1) where the
// exponent is the margin found.
void constant_with_count(const Subject& s, Reading& reading) {
    const auto K = static_cast<double>(s.found.classes);
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        const double exponent = s.found.margin[k], t = std::exp(exponent) / (K - 1);
        const double defined = std::log((1 + t) * (K - 1)) / (1 + t) + t / (1 + t) * std::log1p(1 / t);
        reading.equal(defined, exponent * s.form.root[k] / (1 + t) + std::log1p(1 / t), 1, 1e-12);
    }
}

// The theorem for the squared loss.
void orthogonal_classifiers(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            reading.zero(s.found.classifier_inner(k, j), classifier_unit(s), classifier_tolerance(s, k, j));
        }
    }
}

// log((K-1)(root - 1)), or zero.
void margin_is(const Subject& s, Reading& reading, std::size_t k, double root) {
    const double odds = (static_cast<double>(s.found.classes) - 1) * (root - 1);
    reading.equal(s.found.margin[k], odds > 1 ? std::log(odds) : 0, std::max(1.0, s.found.margin[k]),
                  2 * logit_tolerance(s, k));
}

double constant(const Subject& s, double samples) {
    const auto K = static_cast<double>(s.found.classes);
    return samples * std::sqrt((K - 1) / K * s.form.lambda_w * s.form.lambda_h);
}

// A weight taken for a repetition of samples: omega_k n_k for n_k, in N and c too.
void weights_as_counts(const Subject& s, Reading& reading) {
    double samples = 0;
    const auto repeated = [&](std::size_t k) {
        return s.sample.weight(static_cast<int>(k)) * s.form.count[k];
    };
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        samples += repeated(k);
    }
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        margin_is(s, reading, k, std::sqrt(repeated(k)) / constant(s, samples));
    }
}

// M_k with the weight inside the root.
void weights_inside_root(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        margin_is(
            s, reading, k,
            std::sqrt(s.sample.weight(static_cast<int>(k)) * s.form.count[k]) / constant(s, s.form.samples));
    }
}

}  // namespace

const std::vector<ScreenClaim>& screen_misreadings(bool weighted) {
    static const std::vector<ScreenClaim> of_weights = {
        {"misread.weights.counts", weights_as_counts},
        {"misread.weights.inside", weights_inside_root},
    };
    static const std::vector<ScreenClaim> misreadings = {
        {"misread.eq6", constant_as_scanned},      {"misread.eq9", margin_inside_root},
        {"misread.eq10", relation_without_counts}, {"misread.eq11", logit_swapped},
        {"misread.eq14", ratio_inside_root},       {"misread.eq15", groups_swapped},
        {"misread.eq17", minority_with_root},      {"misread.prop1", norm_with_full_sum},
        {"misread.eq18", complete_by_smallest},    {"misread.eq37", c3_inverted},
        {"misread.step4", constant_with_count},    {"misread.theorem-for-mse", orthogonal_classifiers},
    };
    return weighted ? of_weights : misreadings;
}

bool is_misreading(const std::string& id) {
    const auto among = [&](const std::vector<ScreenClaim>& all) {
        return std::any_of(all.begin(), all.end(),
                           [&](const ScreenClaim& misreading) { return misreading.id == id; });
    };
    return among(screen_misreadings(false)) || among(screen_misreadings(true));
}

// As properties::select_claims chooses them, for another option.
static std::vector<properties::Claim> named_claims(const std::string& patterns, const std::string& where) {
    try {
        return properties::select_claims(patterns);
    } catch (const InputError& error) {
        throw InputError(error.problem, where, error.expected);
    }
}

std::vector<ScreenClaim> select_misreadings(const std::string& patterns, const std::string& where,
                                            bool weighted) {
    std::vector<ScreenClaim> chosen;
    if (patterns.empty()) {
        return chosen;
    }
    for (const properties::Claim& claim : named_claims(patterns, where)) {
        for (const ScreenClaim& misreading : screen_misreadings(weighted)) {
            if (misreading.id == claim.id) {
                chosen.push_back(misreading);
            }
        }
    }
    if (chosen.empty()) {
        throw InputError(
            "'" + printable(patterns) + "' names no misreading of such configurations", where,
            weighted ? "misread.weights.counts, or misread.weights.*" : "misread.eq9, or misread.*");
    }
    return chosen;
}

}  // namespace ncverify::screen
