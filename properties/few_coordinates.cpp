#include "properties/few_coordinates.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "bottleneck/cone.hpp"
#include "certificates/point.hpp"
#include "properties/claims/scales.hpp"
#include "properties/proven_minimum.hpp"
#include "properties/still_points.hpp"

namespace ncverify::properties {

namespace {

constexpr long long largest_few_count = 8;
// Of starts, each; more would only make it likelier that the search need not begin again.
constexpr long starts = 8;
constexpr double guard = 3;  // digits between the largest entry of a gradient and what follows from all

Configuration made_small(const Configuration& configuration, Random& random) {
    const std::vector<long long> counts = few_classes(configuration);
    const auto classes = static_cast<long>(counts.size());
    const Rational excess[] = {Rational(3, 2), Rational(4), Rational(20), Rational(100)};
    // T = N^2 K/(K-1) lW lH, as this factor of the smallest count.
    const Rational threshold = *std::min_element(counts.begin(), counts.end()) / excess[random.next() % 4];
    const long long samples = std::accumulate(counts.begin(), counts.end(), 0LL);
    const Rational product = threshold * Rational(classes - 1, classes * samples * samples);
    const std::string lambda_w = "1e" + std::to_string(static_cast<long>(random.next() % 5) - 3);
    const long dimension = classes == 3 && random.next() % 4 == 0 ? 2 : 1;
    return make_configuration(counts, lambda_w,
                              to_string(Rational(product / parse_lambda(lambda_w, "decay"))), dimension);
}

FeasiblePoint exact_point(const std::string& name, const certificates::Certificate& certificate) {
    certificates::EnclosedPoint point = certificates::enclosed_point(certificate);
    return {name, std::move(point.classifier), std::move(point.features)};
}

// Probabilities of class k equal on itself and the classes before it in the order, rounded down to the most
// bits there are; what is left over is its own.
certificates::ConeNode nested_leaf(const certificates::Permutation& order) {
    const auto classes = static_cast<long>(order.size());
    certificates::ConeNode leaf;
    leaf.bits = certificates::most_probability_bits;
    leaf.off_diagonal.assign(order.size(), std::vector<long long>(order.size() - 1, 0));
    for (long rank = 1; rank < classes; ++rank) {
        const int k = order[static_cast<std::size_t>(rank)];
        for (long above = 0; above < rank; ++above) {
            const int m = order[static_cast<std::size_t>(above)];
            leaf.off_diagonal[static_cast<std::size_t>(k)][static_cast<std::size_t>(m < k ? m : m - 1)] =
                (1LL << leaf.bits) / (rank + 1);
        }
    }
    return leaf;
}

std::string power_of_ten(long exponent) {
    return "1e" + std::to_string(exponent);
}

// The point of falling_decays with t = 100^level, s = 10^(-level (2K-1)) and lW = lH = t^(2-2K): what its
// decays cost is of the order of 1/t, as is what the logits miss.
certificates::TreeCertificate nested(const std::vector<long long>& counts, long level, std::string& decay) {
    const auto classes = static_cast<long>(counts.size());
    decay = power_of_ten(-2 * level * (2 * classes - 2));
    certificates::TreeCertificate certificate;
    certificates::Certificate& claim = certificate.claim;
    claim.configuration = make_configuration(counts, decay, decay, 1);
    claim.digits = resolved_digits();
    std::vector<std::size_t> descending(counts.size());
    std::iota(descending.begin(), descending.end(), std::size_t{0});
    std::stable_sort(descending.begin(), descending.end(),
                     [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
    claim.classifier.assign(counts.size(), {"0"});
    claim.features.assign(counts.size(), {"0"});
    const long scale = level * (2 * classes - 1);
    for (long rank = 1; rank <= classes; ++rank) {
        const std::size_t k = descending[static_cast<std::size_t>(rank - 1)];
        claim.classifier[k] = {"-" + power_of_ten(4 * level * (rank - 1) - scale)};
        if (rank < classes) {
            claim.features[k] = {power_of_ten(2 * level * (1 - 2 * rank) + scale)};
        }
    }
    for (const bottleneck::Chambers& chambers : bottleneck::canonical_chambers(claim.configuration)) {
        certificate.trees.push_back({chambers, {nested_leaf(chambers.front())}});
    }
    return certificate;
}

}  // namespace

std::vector<long long> few_classes(const Configuration& configuration) {
    std::vector<long long> counts = configuration.counts;
    if (counts.size() > 4) {
        return {};
    }
    for (long long& count : counts) {
        count = 1 + (count - 1) % largest_few_count;
    }
    const bool equal = std::all_of(counts.begin(), counts.end(), [&](long long n) { return n == counts[0]; });
    return counts.size() <= 3 || equal ? counts : std::vector<long long>{};
}

FewCoordinates few_coordinates(const Configuration& configuration, std::uint64_t seed, long digits) {
    Random random(split_seed(seed, 0xf3));
    FewCoordinates few;
    few.configuration = made_small(configuration, random);
    solvers::SolveOptions options;
    options.digits = digits;
    options.seed = seed;
    options.largest_starts = starts;
    CertifiedSolution solution = solve_and_certify(few.configuration, options);
    bottleneck::Limits limits;
    limits.jobs = 1;  // cases run side by side
    const auto minimum = prove_minimum(few.configuration, options, limits, solution);
    few.proven = minimum && minimum->end == bottleneck::End::proven && minimum->bounds.feasible;
    if (!few.proven) {
        return few;
    }
    few.lower = minimum->bounds.lower;
    few.upper = minimum->bounds.upper;
    few.minimiser = exact_point("the global minimiser", solution.certificate);
    Random descents(split_seed(seed, 0xf4));
    StillPoint still = still_point(few.configuration, descents);
    double accuracy = std::max(solution.solution.minimizer.kkt_residual_log10, -static_cast<double>(digits));
    few.refinement = exp(log(Enclosure(10)) * Enclosure(std::ceil(accuracy) + guard));
    if (still.minimizer) {
        few.other = std::move(still.exact);
        few.refinement = Enclosure::hull(few.refinement, still.refinement).upper();
    }
    options.formulation = Formulation::samples;
    const CertifiedSolution samples = solve_and_certify(few.configuration, options);
    if (!samples.certificate.features.empty()) {
        few.samples = exact_point("the solver's point", samples.certificate);
    }
    few.falling = falling_decays(few.configuration.counts);
    return few;
}

std::vector<DecayBounds> falling_decays(const std::vector<long long>& counts) {
    std::vector<DecayBounds> falling;
    for (const long level : decay_levels) {
        std::string decay;
        const certificates::TreeCertificate certificate = nested(counts, level, decay);
        const certificates::Bounds bounds = certificates::evaluate_bounds(certificate);
        if (bounds.feasible) {
            falling.push_back({decay, bounds.lower, bounds.upper});
        }
    }
    return falling;
}

}  // namespace ncverify::properties
