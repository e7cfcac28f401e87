// The constants (6) that Theorem 1 rests on.
#include "properties/claims/domains.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

// (6): the sign of Mbar_k = log x, x = (K-1)(sqrt(n_k)/c - 1), against the rational condition.
Observation margin_sign(const Case& subject) {
    Comparison comparison(subject);
    const Configuration& configuration = subject.configuration();
    const Rational c_squared = configuration.c_squared(), K(configuration.classes());
    const Integer total = configuration.samples();
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const long long count = configuration.counts[k];
        const bool condition =
            Rational(total * total) * configuration.lambda_w * configuration.lambda_h / count < (K - 1) / K;
        const Enclosure root = sqrt(from_rational<Enclosure>(Rational(count / c_squared)));
        const Enclosure excess =
            Enclosure(configuration.classes() - 1) * (root - Enclosure(1)) - Enclosure(1);
        // x = 1 exactly when sqrt(n_k)/c = K/(K-1): then Mbar_k is zero, not positive.
        const bool exactly_zero = Rational(count) / c_squared == (K / (K - 1)) * (K / (K - 1));
        if (!exactly_zero && contains_zero(excess)) {
            comparison.undecided(of_class("sign of Mbar", k));
            continue;
        }
        const bool positive = !exactly_zero && certainly_positive(excess);
        comparison.exact(
            of_class("sign of Mbar", k), positive == condition,
            positive ? "positive although the condition fails" : "not positive although the condition holds");
        comparison.exact(of_class("collapse", k), subject.closed_form().classes[k].collapsed != condition,
                         "the theorem takes the wrong branch of max(0, Mbar)");
    }
    return comparison.observation();
}

}  // namespace

Claim margin_sign_claim() {
    return {
        .id = "eq6.sign",
        .source = "after (6)",
        .statement =
            R"(\overline{M}_k > 0 \iff \frac{N}{\sqrt{n_k}}\sqrt{\lambda_W\lambda_H} < \sqrt{\frac{K-1}{K}})",
        .domain = any_counts,
        .check = margin_sign,
        .any_instance = true,
    };
}

}  // namespace ncverify::properties
