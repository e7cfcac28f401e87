#include "properties/input_classes.hpp"

#include <catch2/catch.hpp>

#include "problem/random.hpp"
#include "properties/case.hpp"
#include "properties/paper.hpp"
#include "trial/trial.hpp"

using namespace ncverify;
using namespace ncverify::properties;
using trial::Coverage;
using trial::coverage;

namespace {

/// What a run comes to for a claim that holds everywhere, with these configurations.
trial::ClaimResult tried(std::function<trial::Instance(std::uint64_t, std::uint64_t)> generate) {
    trial::Paper paper = properties::paper();
    paper.instances.generate = std::move(generate);
    trial::TrialOptions options;
    options.claims = {{.id = "test.true",
                       .source = "nowhere",
                       .statement = "true",
                       .domain = "everywhere",
                       .check = [](const Case& subject) {
                           Comparison comparison(subject);
                           comparison.exact("K", subject.configuration().classes() > 1, "");
                           return comparison.observation();
                       }}};
    options.random = 200;
    options.until_covered = true;
    const std::atomic<bool> never{false};
    return trial::run_trial(paper, options, never, [](long, long) {}).claims.front();
}

}  // namespace

TEST_CASE("coverage is met, missed or undecided as the share is surely above, surely below or close") {
    CHECK(coverage(0, 0, 0.1) == Coverage::undecided);
    CHECK(coverage(3, 10, 0.1) == Coverage::undecided);
    CHECK(coverage(300, 1000, 0.1) == Coverage::met);
    CHECK(coverage(0, 1000, 0.1) == Coverage::missed);
    CHECK(coverage(100, 1000, 0.1) == Coverage::undecided);
}

TEST_CASE("looking again after every case does not turn a share that is met into one that is missed") {
    Random random(7);
    for (int run = 0; run < 50; ++run) {
        long hits = 0;
        for (long cases = 1; cases <= 2000; ++cases) {
            hits += random.uniform() < 0.1 ? 1 : 0;
            REQUIRE(coverage(hits, cases, 0.1) != Coverage::missed);
        }
    }
}

TEST_CASE("the classes of input are what their names say") {
    // T = N^2 K/(K-1) lW lH = 18^2 * 3/2 * 1/54 * 1/1 = 9
    const Configuration at = make_configuration({3, 6, 9}, "1/54", "1", 4);
    CHECK(at_threshold().contains(at));
    CHECK(all_collapsed().contains(at));
    CHECK(all_distinct().contains(at));
    CHECK(spare_coordinates().contains(at));
    CHECK_FALSE(near_threshold().contains(at));
    CHECK_FALSE(at_threshold_beside_living().contains(at));
    CHECK(at_threshold_beside_living().contains(make_configuration({3, 6, 9}, "1/81", "1")));  // T = 6
    CHECK_FALSE(at_threshold_beside_living().contains(make_configuration({3, 6, 9}, "1/80", "1")));
    CHECK_FALSE(balanced().contains(at));
    CHECK_FALSE(single_samples().contains(at));
    const Configuration near =
        make_configuration({3, 6, 9}, "1/54", "0.9999999999999999999999999999999999", 2);
    CHECK(near_threshold().contains(near));
    CHECK(some_collapsed().contains(near));
    CHECK(few_coordinates().contains(near));
    CHECK_FALSE(at_threshold().contains(near));
    CHECK(none_collapsed().contains(make_configuration({1, 1}, "1e-3", "1e-3")));
    CHECK(two_classes().contains(make_configuration({1, 1}, "1e-3", "1e-3")));
    CHECK(two_groups().contains(make_configuration({1, 1, 4}, "1e-3", "1e-3")));
}

TEST_CASE("a generator that never makes a class exactly at its threshold beside a living one is noticed") {
    const auto& usual = paper().instances.generate;
    CHECK(tried(usual).verdict == trial::Verdict::verified);
    const trial::ClaimResult result = tried([&](std::uint64_t seed, std::uint64_t number) {
        trial::Instance instance = usual(seed, number);
        for (std::uint64_t other = 1; at_threshold_beside_living().contains(instance); ++other) {
            instance = usual(split_seed(seed, other), number);
        }
        return instance;
    });
    CHECK(result.verdict == trial::Verdict::inconclusive);
    CHECK(result.message == "too few cases of: a class exactly at its threshold beside a living one (0 of " +
                                std::to_string(result.coverage.front().cases) + ")");
}
