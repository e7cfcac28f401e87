// Step 1 of the proof of Theorem 1: two uses of Jensen's inequality, at random points, near equality, and in
// their cases of equality.
#include <algorithm>

#include "properties/claims/domains.hpp"
#include "properties/claims/sections.hpp"
#include "properties/proof_terms.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

// (24): at random logits, where all other logits nearly agree, and where they agree.
Observation jensen_of_exponentials(const Case& subject) {
    Comparison comparison(subject, at_a_drawn_point);
    Random random = subject.random(24);
    const ProofTerms terms = subject.terms();
    const std::size_t classes = subject.configuration().counts.size();
    for (const bool close : {false, true}) {
        for (const bool agree : {false, true}) {
            const std::size_t k = below_size(random, classes);
            const Enclosure common = random_sign(random) * log_uniform(random, -6, 2);
            const Enclosure size = close ? perturbation_size(random) : log_uniform(random, -6, 6);
            std::vector<Enclosure> logits;
            for (std::size_t m = 0; m < classes; ++m) {
                const Enclosure spread = random_sign(random) * size * fraction(random);
                logits.push_back(agree && m != k ? common : close ? common + spread : spread);
            }
            Enclosure left(0), sum(0);
            bool differ = false;
            const std::size_t reference = k == 0 ? 1 : 0;
            for (std::size_t m = 0; m < classes; ++m) {
                if (m != k) {
                    left += exp(logits[m] - logits[k]);
                    sum += logits[m] - logits[k];
                    differ = differ || !contains_zero(logits[m] - logits[reference]);
                }
            }
            const Enclosure right = terms.others * exp(sum / terms.others);
            if (differ) {
                comparison.below("(24), other logits not all equal", right, left, left);
            } else {
                comparison.equal("(24), other logits equal", left, right, left);
            }
        }
    }
    return comparison.observation();
}

// (25) and the inequality after it, for the samples of one class.
Observation jensen_of_samples(const Case& subject) {
    Comparison comparison(subject, at_a_drawn_point);
    Random random = subject.random(25);
    const Configuration& configuration = subject.configuration();
    const ProofTerms terms = subject.terms(configuration);
    std::size_t k = below_size(random, configuration.counts.size());
    for (std::size_t m = 0; configuration.counts[k] < 2 && m < configuration.counts.size(); ++m) {
        k = configuration.counts[m] > 1 ? m : k;  // one sample is equal to itself: true, and little to see
    }
    const auto samples = static_cast<std::size_t>(std::min(4LL, configuration.counts[k]));
    const std::vector<FeatureColumn> columns(samples, {static_cast<long>(k), 1});
    const Enclosure count(static_cast<long>(samples));
    for (int kind = 0; kind < 3; ++kind) {
        FeasiblePoint point = random_point(configuration, columns, random);
        for (std::size_t i = 1; kind > 0 && i < samples; ++i) {
            point.features.col(static_cast<Eigen::Index>(i)) = point.features.col(0);
        }
        point = subject.drawn(kind == 2 ? perturbed(point, perturbation_size(random), random) : point);
        Enclosure left(0), mean(0), norms(0);
        for (const Enclosure& exponent : exponents(terms, columns, point)) {
            left += log_term(terms, exponent);
            mean += exponent / count;
        }
        bool differ = false;
        Enclosure of_sum(0);
        for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
            Enclosure sum(0);
            for (Eigen::Index j = 0; j < point.features.cols(); ++j) {
                const Enclosure& entry = point.features(i, j);
                sum += entry;
                norms += entry * entry;
                differ = differ || !contains_zero(entry - point.features(i, 0));
            }
            of_sum += sum * sum / count;
        }
        const Enclosure right = count * log_term(terms, mean);
        if (differ) {
            comparison.at_most("(25)", right, left, left);
            comparison.below("the inequality after (25), samples not all equal", of_sum, norms, norms);
        } else {
            comparison.equal("(25), equal samples", left, right, left);
            comparison.equal("the inequality after (25), equal samples", norms, of_sum, scale_or_one(norms));
        }
    }
    return comparison.observation();
}

// L0 >= L1, and L0 = L1 at equal samples with equal other logits.
Observation first_step(const Case& subject) {
    Comparison comparison(subject, at_a_drawn_point);
    Random random = subject.random(1);
    const Configuration small = few_samples(subject.configuration());
    const ProofTerms terms = subject.terms(small);
    const auto columns = feature_columns(small, Formulation::samples);
    const auto check = [&](const FeasiblePoint& tried, bool equality) {
        const FeasiblePoint point = subject.drawn(tried);
        const Enclosure loss = objective(small, columns, point.classifier, point.features);
        const Enclosure lower = lower_loss(small, terms, class_mean_point(small, columns, point));
        if (equality) {
            comparison.equal("L0, against L1, where samples and other logits are equal", loss, lower, loss);
        } else {
            comparison.at_most("L0 >= L1", lower, loss, loss);
        }
    };
    switch (random.next() % 4) {
        case 0:
            check(aligned_point(small, columns, random), true);
            break;
        case 1:
            check(perturbed(aligned_point(small, columns, random), perturbation_size(random), random), false);
            break;
        case 2: {
            const solvers::Minimizer& minimizer = subject.solution().solution.minimizer;
            if (minimizer.classifier.size() > 0) {
                check(perturbed(solved_point(minimizer, columns), perturbation_size(random), random), false);
            }
            break;
        }
        default:
            check(random_point(small, columns, random), false);
    }
    check(random_point(small, columns, random), false);
    return comparison.observation();
}

}  // namespace

std::vector<Claim> proof_step_1_claims() {
    return {
        {
            .id = "proof.jensen24",
            .source = "(24)",
            .statement =
                R"(\sum_{m\ne k} e^{z^{(m)}-z^{(k)}} \ge (K-1)\exp\Big(\sum_{m\ne k}\tfrac{z^{(m)}-z^{(k)}}{K-1}\Big), \text{ equality exactly when } z^{(m)}=z^{(l)}\ \forall m,l\ne k)",
            .domain = every_point,
            .check = jensen_of_exponentials,
            .reading = "for every z in R^K: with h = e_1 and z as the first column of W, z = W h",
        },
        {
            .id = "proof.jensen25",
            .source = "(25) and after",
            .statement =
                R"(\sum_i \phi_k(h_{k,i}) \ge n_k\,\phi_k(h_k), \quad \sum_i\|h_{k,i}\|^2 \ge \tfrac{1}{n_k}\|\sum_i h_{k,i}\|^2, \text{ equality at (the second: exactly at) equal features})",
            .domain = every_point,
            .check = jensen_of_samples,
            .reading =
                "phi_k(h) = log(1+(K-1)exp((sum_m w_m h - K w_k h)/(K-1))); "
                "the second sum runs over i, not over k as printed; 'if and only if' is claimed of the "
                "second inequality, of (25) only 'if'; tried on at most 4 samples",
        },
        {
            .id = "proof.step1",
            .source = "Step 1",
            .statement = R"(\mathcal{L}_0(W,H) \ge \mathcal{L}_1(W,H))",
            .domain = every_point,
            .check = first_step,
            .reading =
                "tried on at most 4 samples a class; equality where samples and other logits are equal",
        },
    };
}

}  // namespace ncverify::properties
