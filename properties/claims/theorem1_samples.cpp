// Theorem 1 (a), on minimisers in which every sample's features are variables of their own.
#include <algorithm>

#include "certificates/point.hpp"
#include "properties/claims/domains.hpp"
#include "properties/claims/groups.hpp"
#include "properties/claims/minimiser_checks.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

constexpr long most_samples = 24;  // kept as they are up to here

// The distance of the farthest feature vector of each class from the class mean, at the solver's point.
std::vector<Enclosure> spreads(const Configuration& configuration, const certificates::Certificate& found) {
    const certificates::EnclosedPoint point = certificates::enclosed_point(found);
    const auto columns = feature_columns(configuration, Formulation::samples);
    std::vector<Enclosure> result;
    for (long k = 0; k < configuration.classes(); ++k) {
        const Enclosure count(static_cast<long>(configuration.counts[static_cast<std::size_t>(k)]));
        Vector<Enclosure> mean = Vector<Enclosure>::Constant(point.features.rows(), Enclosure(0));
        for (std::size_t j = 0; j < columns.size(); ++j) {
            if (columns[j].label == k) {
                mean += point.features.col(static_cast<Eigen::Index>(j)) / count;
            }
        }
        Enclosure farthest(0);
        for (std::size_t j = 0; j < columns.size(); ++j) {
            if (columns[j].label == k) {
                Enclosure squares(0);
                for (Eigen::Index i = 0; i < mean.size(); ++i) {
                    const Enclosure away = point.features(i, static_cast<Eigen::Index>(j)) - mean[i];
                    squares += away * away;
                }
                farthest = Enclosure::hull(farthest, squares.upper());
            }
        }
        result.push_back(sqrt_of_nonnegative(farthest.upper()));
    }
    return result;
}

// Every eighth case: a minimiser in N feature vectors costs more than one in K.
Observation equal_features(const Case& subject) {
    if (split_seed(subject.key.seed, 0xa0) % 8 != 0) {
        return {};
    }
    Comparison comparison(subject);
    check_equal_features(subject, few_samples_neighbour(subject.configuration(), most_samples), comparison);
    Observation observation = comparison.observation();
    observation.slack.reset();  // the bound's size is the gap's, not the configuration's
    return observation;
}

}  // namespace

void check_equal_features(const Case& subject, const Configuration& configuration, Comparison& comparison) {
    const CertifiedSolution found = subject.samples_solution(configuration);
    if (found.certificate.features.empty()) {
        comparison.undecided("a minimiser of the samples form");
        return;
    }
    const certificates::ImpliedBounds bounds = certificates::implied_bounds(
        configuration, found.solution.slopes, found.bounds.upper, found.bounds.lower);
    const std::vector<Enclosure> at_point = spreads(configuration, found.certificate);
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const Enclosure spread = subject.testimony().minimisers_are_the_point
                                     ? at_point[k]
                                     : bounds.classes[k].within_class_spread;
        const Enclosure scale = sqrt(feature_scale(configuration, k));
        comparison.zero(of_class("spread of the features", k), spread, scale);
        if (configuration.counts[k] > 1) {
            comparison.at_most(
                of_class("spread of the solver's features", k) + " and the certificate's bound", at_point[k],
                spread.upper(), scale);
        }
    }
}

Claim theorem1_samples_claim() {
    auto demands = without(whole_domain(), {two_classes(), at_threshold_beside_living(), near_threshold()});
    // Every eighth case only: from a few hundred a sequential test can tell but half of the shares, or less,
    // that it tells from all of them.
    demands.push_back({at_threshold_beside_living(), 0.005});
    demands.push_back({two_classes(), 0.005});
    demands.push_back({near_threshold(), 0.015});
    return {
        .id = "thm1.a",
        .source = "Theorem 1 (7)",
        .statement = R"(h_{k,1} = \dots = h_{k,n_k} = h_k)",
        .domain = thresholds_and_ties,
        .check = equal_features,
        .reading =
            "solved with a feature vector for each sample; beyond 24 samples with small counts in the same "
            "order, lambda_H scaled so that the same classes collapse; every eighth case",
        .demands = demands,
    };
}

}  // namespace ncverify::properties
