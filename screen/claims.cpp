// Theorem 1 and Proposition 1, with class weights too, as a point of the kernel shows them.
#include "screen/claims.hpp"

#include <cmath>

#include "screen/corollaries.hpp"
#include "screen/deviations.hpp"

namespace ncverify::screen {

namespace {

// No feasible point lies below the closed form's loss: here safety is a matter of rounding alone. Above it,
// F exceeds its minimum by at most the gradient times the distance.
void minimum(const Subject& s, Reading& reading) {
    const double scale = s.form.loss;
    const double above =
        s.found.residual * s.found.total_accuracy * std::sqrt(s.form.lambda_w * s.form.lambda_h);
    reading.equal(s.found.loss, s.form.loss, scale, s.found.loss < s.form.loss ? 0 : above);
}

void feature_norm(const Subject& s, Reading& reading) {
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        reading.equal(s.found.feature_inner(k, k), s.form.feature_factor[k] * s.form.margin[k],
                      feature_unit(s, k, k), feature_tolerance(s, k, k));
    }
}

void relation(const Subject& s, Reading& reading) {
    const FeatureSum sum = feature_sum(s, s.form.root);
    const double scale = std::sqrt(classifier_unit(s)), tolerance = row_tolerance(s);
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        reading.zero(distance(s, k, s.form.relation, s.form.root[k], sum), scale, tolerance);
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
        const double own = (K - 1) / K * s.form.margin[k], other = -1 / K * s.form.margin[k];
        const double scale = scale_of_margin(s, k), tolerance = logit_tolerance(s, k);
        for (std::size_t m = 0; m < s.found.classes; ++m) {
            reading.equal(s.found.logit(k, m), k == m ? own : other, scale, tolerance);
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
        const double scale = scale_of_margin(s, k), tolerance = 2 * logit_tolerance(s, k);
        for (std::size_t m = 0; m < s.found.classes; ++m) {
            if (m != k) {
                reading.equal(s.found.logit(k, k) - s.found.logit(k, m), s.form.margin[k], scale, tolerance);
            }
        }
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
    const double unit = classifier_unit(s);
    for (std::size_t k = 0; k < s.found.classes; ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            reading.equal(s.found.classifier_inner(k, j), s.form.classifier_inner(k, j), unit,
                          classifier_tolerance(s, k, j));
        }
    }
}

void classifier_cosines(const Subject& s, Reading& reading) {
    double own[largest_classes];
    for (std::size_t k = 0; !all_collapsed(s) && k < s.found.classes; ++k) {
        own[k] = s.form.classifier_inner(k, k);
        for (std::size_t j = 0; j < k; ++j) {
            cosine(s, reading, k, j, s.form.classifier_inner(k, j) / std::sqrt(own[k] * own[j]));
        }
    }
}

// (a) to (e) with class weights, which change the margins and nothing else.
void structure(const Subject& s, Reading& reading) {
    for (const auto check :
         {orthogonal, feature_norm, relation, classifier_sum, logits, logit_sum, margins}) {
        check(s, reading);
    }
}

void classifiers(const Subject& s, Reading& reading) {
    for (const auto check : {classifier_norm, classifier_products, classifier_cosines}) {
        check(s, reading);
    }
}

}  // namespace

const std::vector<ScreenClaim>& screen_claims(bool weighted) {
    static const std::vector<ScreenClaim> with_weights = {
        {"weights.minimum", minimum},
        {"weights.structure", structure},
        {"weights.collapse", corollaries::threshold},
        {"weights.classifiers", classifiers},
    };
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
        {"cor1.duality", corollaries::duality},
        {"cor1.of", corollaries::orthogonal_frame},
        {"cor1.etf.w", corollaries::classifier_frame},
        {"cor1.etf.z", corollaries::logit_frame},
        {"prop1.norm", classifier_norm},
        {"prop1.inner", classifier_products},
        {"prop1.cosine", classifier_cosines},
        {"cor2.classifiers", corollaries::classifier_ratios},
        {"cor2.features", corollaries::feature_ratios},
        {"cor2.monotone", corollaries::monotone_norms},
        {"cor3.major", corollaries::major_cosines},
        {"cor3.minor", corollaries::minor_cosines},
        {"cor3.order", corollaries::cosine_order},
        {"cor3.same", corollaries::same_cosines},
        {"cor4.threshold", corollaries::threshold},
        {"cor4.equal", corollaries::shared_classifier},
        {"cor4.minority", corollaries::minority},
        {"cor4.complete", corollaries::complete},
    };
    return weighted ? with_weights : claims;
}

}  // namespace ncverify::screen
