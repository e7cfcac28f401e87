#include <catch2/catch.hpp>

#include "properties/claims/groups.hpp"
#include "properties/generators.hpp"
#include "properties/registry.hpp"
#include "theory/closed_form.hpp"

using namespace ncverify;
using namespace ncverify::properties;

namespace {

// A case that the claim looks at: it takes every eighth.
CaseKey looked_at(const Configuration& configuration) {
    CaseKey key{configuration, 1, 30};
    const Claim claim = select_claims("thm1.a").at(0);
    for (;; ++key.seed) {
        const PrecisionScope scope(comparison_digits(key, 0) + 40);
        if (claim.check(Case(key)).outcome != Outcome::not_applicable) {
            return key;
        }
    }
}

Observation observed(const CaseKey& key, const std::function<void(CertifiedSolution&)>& spoil) {
    const PrecisionScope scope(comparison_digits(key, 0) + 40);
    const Case subject(Case(key), Testimony{.altered_samples = spoil});
    Observation observation = select_claims("thm1.a").at(0).check(subject);
    observation.evidence = subject.evidence();
    return observation;
}

}  // namespace

TEST_CASE("Theorem 1 (a) is certified on samples of their own, and refuted where one of them is moved") {
    const CaseKey key = looked_at(make_configuration({3, 2, 1}, "1/100", "1/20", 4));
    const Observation good = observed(key, nullptr);
    CHECK(good.outcome == Outcome::passed);
    CHECK(good.evidence == Evidence::certified);
    // Zero in a coordinate that it used: no longer what its class has in common.
    const Observation moved = observed(key, [](CertifiedSolution& found) {
        for (certificates::Text& entry : found.certificate.features.at(0)) {
            entry = "0";
        }
    });
    CHECK(moved.outcome == Outcome::refuted);
    // A bound that the gap does not give.
    const Observation loose = observed(
        key, [](CertifiedSolution& found) { found.bounds.upper = found.bounds.upper + Enclosure(0.01); });
    CHECK(loose.outcome == Outcome::inconclusive);
}

TEST_CASE(
    "few samples stand for many: the same order, ties and collapsed classes, thresholds met exactly too") {
    for (std::uint64_t number = 0; number < 300; ++number) {
        const Configuration large = generate(5, number).value(), small = few_samples_neighbour(large, 24);
        INFO(large.command_line() << " -> " << small.command_line());
        CHECK((small.samples() <= 24 || small.samples() <= 16 * 17));
        const Rational wide = theory::threshold(large), narrow = theory::threshold(small);
        for (std::size_t k = 0; k < large.counts.size(); ++k) {
            CHECK((large.counts[k] <= wide) == (small.counts[k] <= narrow));
            CHECK((large.counts[k] == wide) == (small.counts[k] == narrow));
            for (std::size_t j = 0; j < k; ++j) {
                CHECK((large.counts[k] <=> large.counts[j]) == (small.counts[k] <=> small.counts[j]));
            }
        }
    }
}
