#include "screen/corollaries.hpp"

#include <algorithm>
#include <cmath>

#include "screen/deviations.hpp"

namespace ncverify::screen::corollaries {

namespace {

// Relative accuracy of a squared norm.
double relative(double tolerance, double squared) {
    return tolerance / squared;
}

// (15), and (16) with the groups exchanged.
void group_cosines(const Subject& s, Reading& reading, const ClassList& own, const ClassList& other) {
    if (own.size() < 2 || other.empty() || all_collapsed(s)) {
        return;
    }
    const auto K = static_cast<double>(s.found.classes), rest = static_cast<double>(other.size());
    const double a = s.form.weight[own[0]], b = s.form.weight[other[0]];
    const double claimed = 1 - K * K * a / (K * K * a - K * a - rest * a + rest * b);
    for (std::size_t k = 1; k < own.size(); ++k) {
        cosine(s, reading, own[k], own[0], claimed);
    }
}

}  // namespace

// W = t (H - h_G 1^T)^T with t = <W, centred> / ||centred||^2, the factor that fits best.
void duality(const Subject& s, Reading& reading) {
    if (!balanced(s) || all_collapsed(s)) {
        return;
    }
    const std::size_t K = s.found.classes, d = s.found.dimension;
    const std::vector<double> ones(K, 1);
    double product = 0, squares = 0;
    for (std::size_t i = 0; i < d; ++i) {
        double mean = 0;
        for (std::size_t m = 0; m < K; ++m) {
            mean += s.found.h[m * d + i] / static_cast<double>(K);
        }
        for (std::size_t m = 0; m < K; ++m) {
            const double centred = s.found.h[m * d + i] - mean;
            product += s.found.w[m * d + i] * centred;
            squares += centred * centred;
        }
    }
    const FeatureSum sum = feature_sum(s, ones);
    for (std::size_t k = 0; k < K; ++k) {
        reading.zero(distance(s, k, product / squares / static_cast<double>(K), 1, sum),
                     std::sqrt(classifier_unit(s)), 2 * row_tolerance(s));
    }
}

void orthogonal_frame(const Subject& s, Reading& reading) {
    if (!balanced(s)) {
        return;
    }
    orthogonal(s, reading);
    for (std::size_t k = 1; k < s.found.classes; ++k) {
        reading.equal(s.found.feature_inner(k, k), s.found.feature_inner(0, 0), feature_unit(s, k, k),
                      feature_tolerance(s, k, k) + feature_tolerance(s, 0, 0));
    }
}

void classifier_frame(const Subject& s, Reading& reading) {
    if (!balanced(s)) {
        return;
    }
    const double own = s.found.classifier_inner(0, 0),
                 other = -own / static_cast<double>(s.found.classes - 1);
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        for (std::size_t j = 0; j <= k; ++j) {
            reading.equal(s.found.classifier_inner(k, j), k == j ? own : other, classifier_unit(s),
                          2 * classifier_tolerance(s, k, j) + classifier_tolerance(s, 0, 0));
        }
    }
}

void logit_frame(const Subject& s, Reading& reading) {
    if (!balanced(s)) {
        return;
    }
    const double own = s.found.logit(0, 0), other = -own / static_cast<double>(s.found.classes - 1);
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        const double scale = scale_of_margin(s, k), tolerance = logit_tolerance(s, k) + logit_tolerance(s, 0);
        for (std::size_t m = 0; m < s.found.classes; ++m) {
            reading.equal(s.found.logit(k, m), k == m ? own : other, scale, tolerance);
        }
    }
}

void classifier_ratios(const Subject& s, Reading& reading) {
    if (all_collapsed(s)) {
        return;
    }
    double off[largest_classes], claimed[largest_classes];
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        off[k] = relative(classifier_tolerance(s, k, k), s.found.classifier_inner(k, k));
        claimed[k] = s.form.classifier_inner(k, k);
    }
    for (std::size_t i = 0; i < s.found.classes; ++i) {
        for (std::size_t j = 0; j < s.found.classes; ++j) {
            if (i == j) {
                continue;
            }
            const double far = off[i] + off[j], ratio = claimed[i] / claimed[j];
            if (far < 0.25) {
                reading.equal(s.found.classifier_inner(i, i) / s.found.classifier_inner(j, j), ratio, ratio,
                              far * ratio);
            } else {
                reading.unresolved();
            }
        }
    }
}

// Pairs of which both are above their threshold; the first of (14)'s sides is 0 for a collapsed class i.
void feature_ratios(const Subject& s, Reading& reading) {
    double off[largest_classes];
    ClassList above;
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        if (!s.form.collapsed(k)) {
            off[k] = relative(feature_tolerance(s, k, k), s.found.feature_inner(k, k));
            above.push_back(k);
        }
    }
    for (const std::size_t i : above) {
        for (const std::size_t j : above) {
            if (i == j) {
                continue;
            }
            const double far = off[i] + off[j];
            const double ratio = s.form.root[j] / s.form.root[i] * s.form.margin[i] / s.form.margin[j];
            if (far < 0.25) {
                reading.equal(s.found.feature_inner(i, i) / s.found.feature_inner(j, j), ratio, ratio,
                              far * ratio);
            } else {
                reading.unresolved();
            }
        }
    }
}

void monotone_norms(const Subject& s, Reading& reading) {
    const double unit = classifier_unit(s);
    double tolerance[largest_classes];
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        tolerance[k] = classifier_tolerance(s, k, k);
    }
    for (std::size_t i = 0; i < s.found.classes; ++i) {
        for (std::size_t j = 0; j < s.found.classes; ++j) {
            if (i != j && s.form.count[i] >= s.form.count[j]) {
                reading.at_most(s.found.classifier_inner(j, j), s.found.classifier_inner(i, i), unit,
                                tolerance[i] + tolerance[j]);
            }
        }
    }
}

void major_cosines(const Subject& s, Reading& reading) {
    const TwoGroups groups = two_groups(s);
    group_cosines(s, reading, groups.major, groups.minor);
}

void minor_cosines(const Subject& s, Reading& reading) {
    const TwoGroups groups = two_groups(s);
    group_cosines(s, reading, groups.minor, groups.major);
}

void cosine_order(const Subject& s, Reading& reading) {
    const auto [major, minor] = two_groups(s);
    if (major.size() < 2 || minor.size() < 2 || all_collapsed(s)) {
        return;
    }
    const double far = cosine_tolerance(s, major[0], major[1]) + cosine_tolerance(s, minor[0], minor[1]);
    if (far < 1) {
        reading.at_most(s.found.cosine(major[0], major[1]), s.found.cosine(minor[0], minor[1]), 1, far);
    } else {
        reading.unresolved();
    }
}

void same_cosines(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; !all_collapsed(s) && k < s.found.classes; ++k) {
        ClassList equal;
        for (std::size_t j = 0; j < s.found.classes; ++j) {
            if (s.form.count[j] == s.form.count[k]) {
                equal.push_back(j);
            }
        }
        if (equal[0] != k || equal.size() < 3) {
            continue;
        }
        const double far = cosine_tolerance(s, equal[0], equal[1]),
                     first = s.found.cosine(equal[0], equal[1]);
        for (std::size_t j = 2; j < equal.size(); ++j) {
            const double both = far + cosine_tolerance(s, equal[0], equal[j]);
            if (both < 1) {
                reading.equal(s.found.cosine(equal[0], equal[j]), first, 1, both);
            } else {
                reading.unresolved();
            }
        }
    }
}

void threshold(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        feature_is_zero(s, reading, k, s.form.collapsed(k));
    }
}

void shared_classifier(const Subject& s, Reading& reading) {
    std::size_t first = s.found.classes;
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        if (!s.form.collapsed(k)) {
            continue;
        }
        if (first == s.found.classes) {
            first = k;
            continue;
        }
        double squares = 0;
        for (std::size_t i = 0; i < s.found.dimension; ++i) {
            const double off =
                s.found.w[k * s.found.dimension + i] - s.found.w[first * s.found.dimension + i];
            squares += off * off;
        }
        reading.zero(std::sqrt(squares), std::sqrt(classifier_unit(s)), row_tolerance(s));
    }
}

// (17), both sides; where rounding could decide it otherwise, nothing is said.
void minority(const Subject& s, Reading& reading) {
    const auto [major, minor] = two_groups(s);
    if (major.empty()) {
        return;
    }
    const auto K = static_cast<double>(s.found.classes);
    const double limit = (K - 1) / (s.form.samples * K * s.form.lambda_w * s.form.lambda_h);
    const double left = s.form.count[major[0]] / s.form.count[minor[0]] * static_cast<double>(major.size()) +
                        static_cast<double>(minor.size());
    for (const std::size_t k : minor) {
        feature_is_zero(s, reading, k, left >= limit * (1 - 1e-12));
    }
}

void complete(const Subject& s, Reading& reading) {
    const auto K = static_cast<double>(s.found.classes);
    const double largest = *std::max_element(s.form.count.begin(), s.form.count.end());
    if (s.form.samples * s.form.samples / largest <
        (1 - 1e-12) * (K - 1) / (K * s.form.lambda_w * s.form.lambda_h)) {
        return;
    }
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        feature_is_zero(s, reading, k, true);
        reading.zero(s.found.classifier_inner(k, k), classifier_unit(s), classifier_tolerance(s, k, k));
    }
}

}  // namespace ncverify::screen::corollaries
