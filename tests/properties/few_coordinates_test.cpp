#include "properties/few_coordinates.hpp"

#include <catch2/catch.hpp>

#include "properties/case.hpp"
#include "properties/registry.hpp"

using namespace ncverify;
using namespace ncverify::properties;

namespace {

Observation tried(const std::string& claim, const std::vector<long long>& counts, std::uint64_t seed) {
    const PrecisionScope scope(170);
    const Case subject(CaseKey{make_configuration(counts, "1/50", "1"), seed, 50});
    return select_claims(claim).at(0).check(subject);
}

}  // namespace

TEST_CASE("few classes keep their order and ties, and small counts; many are left alone") {
    CHECK(few_classes(make_configuration({3, 8}, "1", "1")) == std::vector<long long>{3, 8});
    CHECK(few_classes(make_configuration({9, 16, 9}, "1", "1")) == std::vector<long long>{1, 8, 1});
    CHECK(few_classes(make_configuration({7, 7, 7, 7}, "1", "1")) == std::vector<long long>{7, 7, 7, 7});
    CHECK(few_classes(make_configuration({7, 7, 7, 6}, "1", "1")).empty());
    CHECK(few_classes(make_configuration({1, 1, 1, 1, 1}, "1", "1")).empty());
}

TEST_CASE("a small problem with fewer coordinates than classes is proven, above its dual bound") {
    const PrecisionScope scope(90);
    const Configuration from = make_configuration({30, 20, 11}, "1/50", "1");
    long two = 0;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        const FewCoordinates few = few_coordinates(from, seed, 50);
        INFO(few.configuration.command_line());
        REQUIRE(few.proven);
        CHECK(few.configuration.dimension < few.configuration.classes());
        two += few.configuration.dimension == 2 ? 1 : 0;
        for (std::size_t k = 0; k < 3; ++k) {
            CHECK(few.configuration.weighted_count(k) > few.configuration.threshold());
        }
        CHECK(certainly_less(few.upper - few.lower, Enclosure(1e-45)));
        Configuration enough = few.configuration;
        enough.dimension = 3;
        CHECK(certainly_less(theory::closed_form(enough).minimum_loss, few.lower));
    }
    CHECK(two > 0);
}

TEST_CASE("one coordinate: bounds at falling decays close in on nested separation") {
    const PrecisionScope scope(60);
    // (2 log 2 + log 3)/6, counts in any order, and log(4!)/4.
    const auto unequal = falling_decays({1, 3, 2}), equal = falling_decays({5, 5, 5, 5});
    REQUIRE(unequal.size() == 3);
    REQUIRE(equal.size() == 3);
    const Enclosure six = (Enclosure(2) * log(Enclosure(2)) + log(Enclosure(3))) / Enclosure(6),
                    four = log(Enclosure(24)) / Enclosure(4);
    for (std::size_t j = 0; j < 3; ++j) {
        CHECK(overlap(Enclosure::hull(unequal[j].lower, unequal[j].upper), six));
        CHECK(overlap(Enclosure::hull(equal[j].lower, equal[j].upper), four));
    }
    CHECK(certainly_less(unequal[2].upper - unequal[2].lower, Enclosure(1e-16)));
    CHECK(certainly_less(equal[2].upper - equal[2].lower, Enclosure(1e-16)));
}

TEST_CASE("claims about the bottleneck hold on two, three and four classes") {
    for (const char* claim : {"bottleneck.a", "bottleneck.sum", "bottleneck.balance", "bottleneck.strict",
                              "bottleneck.single", "bottleneck.subsets.corrected"}) {
        for (const std::vector<long long>& counts :
             {std::vector<long long>{1, 2}, {4, 4}, {30, 20, 11}, {2, 2, 2, 2}}) {
            INFO(claim << " " << counts_text(counts));
            CHECK(tried(claim, counts, 3).outcome == Outcome::passed);
        }
    }
}

TEST_CASE("bounds that one decay lacks do not close in on a limit") {
    const Claim claim = select_claims("bottleneck.single").at(0);
    const PrecisionScope scope(90);
    const Case subject(CaseKey{make_configuration({1, 2}, "1/50", "1"), 3, 20});
    FewCoordinates few = subject.few_coordinates();
    REQUIRE(few.proven);
    for (; !few.falling.empty(); few.falling.pop_back()) {
        Testimony altered = subject.testimony();
        altered.few = std::make_shared<FewCoordinates>(few);
        const bool all = few.falling.size() == decay_levels.size();
        CHECK(claim.check(Case(subject, std::move(altered))).outcome ==
              (all ? Outcome::passed : Outcome::inconclusive));
    }
}

TEST_CASE("subsets of more than half of the coordinates are not the best design") {
    CHECK(tried("bottleneck.subsets", {1, 1}, 1).outcome == Outcome::passed);
    const Observation three = tried("bottleneck.subsets", {1, 1, 1}, 1);
    CHECK(three.outcome == Outcome::refuted);
    CHECK(three.message.find("d = 3, q = 2") != std::string::npos);
    // C(4, 2) = 6: the design has its value, and no bound is above it.
    CHECK(tried("bottleneck.subsets.corrected", {1, 1, 1, 1, 1, 1}, 1).outcome == Outcome::passed);
}
