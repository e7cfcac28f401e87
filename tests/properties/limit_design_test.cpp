#include "properties/limit_design.hpp"

#include <catch2/catch.hpp>

#include "problem/errors.hpp"
#include "properties/proven_minimum.hpp"

using namespace ncverify;
using namespace ncverify::properties;

namespace {

bottleneck::LimitOptions limit(long classes, long dimension, double gap) {
    return {.classes = classes, .dimension = dimension, .gap = gap};
}

Enclosure enclosed(const std::string& text) {
    return from_rational<Enclosure>(parse_rational(text, "expected"));
}

}  // namespace

TEST_CASE("vanishing decays: the minimum of the largest-margins problem is proven from both sides") {
    const PrecisionScope scope(50);
    // Neural collapse where there is a coordinate for each class; in two coordinates what many starts found.
    for (const auto& [classes, dimension, value] :
         {std::tuple{2L, 2L, "1.414213562373"}, {3L, 3L, "2.449489742783"}, {3L, 2L, "6.02715"}}) {
        const ProvenLimit proven = prove_limit(limit(classes, dimension, 5e-3));
        INFO(classes << " in " << dimension << ": " << proven.reason);
        REQUIRE(proven.lower);
        REQUIRE(proven.upper);
        const Enclosure lower = from_rational<Enclosure>(*proven.lower);
        CHECK(certainly_less(lower, enclosed(value)));
        CHECK(certainly_less(enclosed(value) * Enclosure(1 - 1e-5), *proven.upper));
        CHECK(certainly_less(*proven.upper, lower * Enclosure(1.0051)));
    }
}

TEST_CASE("limit problem: too many cones are refused") {
    CHECK_THROWS_AS(prove_limit(limit(6, 4, 1e-2)), InputError);
}

TEST_CASE("limit problem: altered trees prove nothing, or less") {
    const PrecisionScope scope(50);
    const bottleneck::LimitOptions options = limit(3, 2, 1e-2);
    const bottleneck::LimitOutcome outcome = bottleneck::margin_limit(options);
    const auto trees = trees_of(outcome.tree);
    const Integer unit(static_cast<long>(outcome.unit));
    std::string reason;
    const auto bound = [&](const std::vector<certificates::ConeTree>& altered, const Integer& by) {
        return certificates::margin_limit_bound(3, 2, by, altered, reason);
    };
    REQUIRE(bound(trees, unit));
    CHECK(*bound(trees, unit) > 5);
    auto fewer = trees;
    fewer.pop_back();
    CHECK(!bound(fewer, unit));
    CHECK(reason.find("no tree for the chambers") != std::string::npos);
    // Multipliers twice as large are not feasible.
    CHECK(!bound(trees, 2 * unit));
    CHECK(reason.find("the inequalities fail") != std::string::npos);
    auto larger = trees;
    for (auto& tree : larger) {
        for (auto& node : tree.nodes) {
            for (auto& row : node.off_diagonal) {
                row[0] += 1LL << 52;
            }
        }
    }
    CHECK(!bound(larger, unit));
}

TEST_CASE("limit problem: a point's value needs positive margins and features that are not negative") {
    const PrecisionScope scope(50);
    Matrix<Enclosure> w = Matrix<Enclosure>::Constant(2, 1, Enclosure(0)), h = w.transpose();
    w(0, 0) = Enclosure(1);
    h(0, 0) = Enclosure(1);
    CHECK(!certificates::margin_limit_value(w, h));  // class 2 has no margin
    Matrix<Enclosure> both = Matrix<Enclosure>::Constant(2, 2, Enclosure(0));
    both(0, 0) = both(1, 1) = Enclosure(1);
    const auto value = certificates::margin_limit_value(both, both);
    REQUIRE(value);
    CHECK(overlap(*value, Enclosure(2)));
    both(1, 0) = Enclosure(-1);
    CHECK(!certificates::margin_limit_value(both, both));
}
