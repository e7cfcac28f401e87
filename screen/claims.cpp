// Theorem 1, Proposition 1 and Corollaries 1 to 4, as a point of the kernel shows them.
#include "screen/claims.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::screen {

namespace {

double scale_of_margin(const Subject& s, std::size_t k) {
    return std::max(1.0, s.found.margin[k]);
}

// No feasible point lies below the closed form's loss: here safety is a matter of rounding alone. Above it,
// F exceeds its minimum by at most the gradient times the distance.
void minimum(const Subject& s, Reading& reading) {
    const double scale = s.form.loss;
    const double above =
        s.found.residual * s.found.total_accuracy * std::sqrt(s.form.lambda_w * s.form.lambda_h);
    reading.equal(s.found.loss, s.form.loss, scale, s.found.loss < s.form.loss ? 0 : above);
}

void orthogonal(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            reading.zero(s.found.feature_inner(k, j), feature_unit(s, k, j), feature_tolerance(s, k, j));
        }
    }
}

void feature_norm(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        reading.equal(s.found.feature_inner(k, k), s.form.feature_factor[k] * s.form.margin[k],
                      feature_unit(s, k, k), feature_tolerance(s, k, k));
    }
}

// ||w_k - factor (K f_k h_k - sum_m f_m h_m)||.
double distance(const Subject& s, std::size_t k, double factor, const std::vector<double>& f) {
    double squares = 0;
    const auto K = static_cast<double>(s.found.classes);
    const std::size_t d = s.found.dimension;
    for (std::size_t i = 0; i < d; ++i) {
        double sum = 0;
        for (std::size_t m = 0; m < s.found.classes; ++m) {
            sum += f[m] * s.found.h[m * d + i];
        }
        const double off = s.found.w[k * d + i] - factor * (K * f[k] * s.found.h[k * d + i] - sum);
        squares += off * off;
    }
    return std::sqrt(squares);
}

double row_tolerance(const Subject& s) {
    return 3 * s.found.total_accuracy * s.found.classifier_scale;
}

void relation(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        reading.zero(distance(s, k, s.form.relation, s.form.root), std::sqrt(classifier_unit(s)),
                     row_tolerance(s));
    }
}

// The sum over classes of F's gradient in V is sum_m v_m: its residual is all that can be off.
void classifier_sum(const Subject& s, Reading& reading) {
    double squares = 0;
    const std::size_t d = s.found.dimension;
    for (std::size_t i = 0; i < d; ++i) {
        double sum = 0;
        for (std::size_t m = 0; m < s.found.classes; ++m) {
            sum += s.found.w[m * d + i];
        }
        squares += sum * sum;
    }
    const double far =
        std::sqrt(static_cast<double>(s.found.classes)) * s.found.residual * s.found.classifier_scale;
    reading.zero(std::sqrt(squares), std::sqrt(classifier_unit(s)), far);
}

void logits(const Subject& s, Reading& reading) {
    const auto K = static_cast<double>(s.found.classes);
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        for (std::size_t m = 0; m < s.found.classes; ++m) {
            reading.equal(s.found.logit(k, m), (k == m ? K - 1 : -1) / K * s.form.margin[k],
                          scale_of_margin(s, k), logit_tolerance(s, k));
        }
    }
}

void logit_sum(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        double sum = 0;
        for (std::size_t m = 0; m < s.found.classes; ++m) {
            sum += s.found.logit(k, m);
        }
        const double far = std::sqrt(static_cast<double>(s.found.classes)) * s.found.residual;
        reading.zero(sum, scale_of_margin(s, k), far * s.found.length[k] / s.form.root[k]);
    }
}

void margins(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        for (std::size_t m = 0; m < s.found.classes; ++m) {
            if (m != k) {
                reading.equal(s.found.logit(k, k) - s.found.logit(k, m), s.form.margin[k],
                              scale_of_margin(s, k), 2 * logit_tolerance(s, k));
            }
        }
    }
}

// h_k = 0 up to what the point can tell, or certainly not.
void feature_is_zero(const Subject& s, Reading& reading, std::size_t k, bool claimed) {
    const double norm = std::sqrt(s.found.feature_inner(k, k)), unit = std::sqrt(feature_unit(s, k, k));
    const double far = s.found.accuracy[k] * s.found.feature_scale / s.form.root[k];
    if (claimed) {
        reading.zero(norm, unit, far);
    } else if (norm <= safety * far) {
        reading.unresolved();
    } else {
        reading.zero(0, 1, 1);
    }
}

void collapse(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        if (s.form.collapsed(k)) {
            feature_is_zero(s, reading, k, true);
        }
    }
}

void classifier_norm(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        reading.equal(s.found.classifier_inner(k, k), s.form.classifier_inner(k, k), classifier_unit(s),
                      classifier_tolerance(s, k, k));
    }
}

void classifier_products(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            reading.equal(s.found.classifier_inner(k, j), s.form.classifier_inner(k, j), classifier_unit(s),
                          classifier_tolerance(s, k, j));
        }
    }
}

// A cosine against its claim; unresolved where the norms are lost in the point's inaccuracy.
void cosine(const Subject& s, Reading& reading, std::size_t k, std::size_t j, double claimed) {
    const double far = cosine_tolerance(s, k, j);
    if (far < 1) {
        reading.equal(s.found.cosine(k, j), claimed, 1, far);
    } else {
        reading.unresolved();
    }
}

void classifier_cosines(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; !all_collapsed(s) && k < s.found.classes; ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            cosine(s, reading, k, j,
                   s.form.classifier_inner(k, j) /
                       std::sqrt(s.form.classifier_inner(k, k) * s.form.classifier_inner(j, j)));
        }
    }
}

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
    for (std::size_t k = 0; k < K; ++k) {
        reading.zero(distance(s, k, product / squares / static_cast<double>(K), ones),
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
        for (std::size_t m = 0; m < s.found.classes; ++m) {
            reading.equal(s.found.logit(k, m), k == m ? own : other, scale_of_margin(s, k),
                          logit_tolerance(s, k) + logit_tolerance(s, 0));
        }
    }
}

// Relative accuracy of a squared norm.
double relative(double tolerance, double squared) {
    return tolerance / squared;
}

void classifier_ratios(const Subject& s, Reading& reading) {
    for (std::size_t i = 0; !all_collapsed(s) && i < s.found.classes; ++i) {
        for (std::size_t j = 0; j < s.found.classes; ++j) {
            if (i == j) {
                continue;
            }
            const double first = s.found.classifier_inner(i, i), second = s.found.classifier_inner(j, j);
            const double far = relative(classifier_tolerance(s, i, i), first) +
                               relative(classifier_tolerance(s, j, j), second);
            const double ratio = s.form.classifier_inner(i, i) / s.form.classifier_inner(j, j);
            if (far < 0.25) {
                reading.equal(first / second, ratio, ratio, far * ratio);
            } else {
                reading.unresolved();
            }
        }
    }
}

// Pairs of which both are above their threshold; the first of (14)'s sides is 0 for a collapsed class i.
void feature_ratios(const Subject& s, Reading& reading) {
    for (std::size_t i = 0; i < s.found.classes; ++i) {
        for (std::size_t j = 0; j < s.found.classes; ++j) {
            if (i == j || s.form.collapsed(i) || s.form.collapsed(j)) {
                continue;
            }
            const double first = s.found.feature_inner(i, i), second = s.found.feature_inner(j, j);
            const double far =
                relative(feature_tolerance(s, i, i), first) + relative(feature_tolerance(s, j, j), second);
            const double ratio = s.form.root[j] / s.form.root[i] * s.form.margin[i] / s.form.margin[j];
            if (far < 0.25) {
                reading.equal(first / second, ratio, ratio, far * ratio);
            } else {
                reading.unresolved();
            }
        }
    }
}

void monotone_norms(const Subject& s, Reading& reading) {
    for (std::size_t i = 0; i < s.found.classes; ++i) {
        for (std::size_t j = 0; j < s.found.classes; ++j) {
            if (i != j && s.form.count[i] >= s.form.count[j]) {
                reading.at_most(s.found.classifier_inner(j, j), s.found.classifier_inner(i, i),
                                classifier_unit(s),
                                classifier_tolerance(s, i, i) + classifier_tolerance(s, j, j));
            }
        }
    }
}

// (15), and (16) with the groups exchanged.
void group_cosines(const Subject& s, Reading& reading, const std::vector<std::size_t>& own,
                   const std::vector<std::size_t>& other) {
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
        std::vector<std::size_t> equal;
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

}  // namespace

const std::vector<ScreenClaim>& screen_claims() {
    static const std::vector<ScreenClaim> claims = {
        {"thm1.minimum", minimum},
        {"thm1.b", orthogonal},
        {"thm1.c", feature_norm},
        {"thm1.d", relation},
        {"thm1.d.sum", classifier_sum},
        {"thm1.e", logits},
        {"thm1.e.sum", logit_sum},
        {"thm1.collapse", collapse},
        {"eq13.margin", margins},
        {"cor1.duality", duality},
        {"cor1.of", orthogonal_frame},
        {"cor1.etf.w", classifier_frame},
        {"cor1.etf.z", logit_frame},
        {"prop1.norm", classifier_norm},
        {"prop1.inner", classifier_products},
        {"prop1.cosine", classifier_cosines},
        {"cor2.classifiers", classifier_ratios},
        {"cor2.features", feature_ratios},
        {"cor2.monotone", monotone_norms},
        {"cor3.major", major_cosines},
        {"cor3.minor", minor_cosines},
        {"cor3.order", cosine_order},
        {"cor3.same", same_cosines},
        {"cor4.threshold", threshold},
        {"cor4.equal", shared_classifier},
        {"cor4.minority", minority},
        {"cor4.complete", complete},
    };
    return claims;
}

}  // namespace ncverify::screen
