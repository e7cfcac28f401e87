#include "trial/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/precompiled.hpp"

using namespace ncverify;
using namespace ncverify::trial;

namespace {

Observation held(double error_log10, std::optional<double> slack = std::nullopt) {
    Observation observation;
    observation.outcome = Outcome::passed;
    observation.error_log10 = error_log10;
    observation.slack = slack;
    return observation;
}

CaseKey key(std::uint64_t seed) {
    CaseKey made;
    made.seed = seed;
    return made;
}

constexpr double exact = -1e300;

// Seeds of the hardest cases of these observations, whose places are their seeds, and how many there are.
std::vector<std::uint64_t> hardest(const std::vector<Observation>& observations) {
    Distribution distribution;
    for (std::size_t i = 0; i < observations.size(); ++i) {
        distribution.add(key(i), observations[i]);
    }
    std::vector<std::uint64_t> seeds;
    for (const HardCase& hard : distribution.hardest) {
        seeds.push_back(hard.key.seed);
        CHECK(hard.slack == observations[hard.key.seed].slack);
        CHECK(hard.error_log10 == observations[hard.key.seed].error_log10);
    }
    return seeds;
}

}  // namespace

TEST_CASE("a distribution counts digits of equalities, decades of slack, and what is exact or tight") {
    Distribution distribution;
    distribution.add(key(1), held(exact));
    distribution.add(key(2), held(-50.5));
    distribution.add(key(3), held(-50.0));
    distribution.add(key(4), held(-51.2));
    distribution.add(key(5), held(0.7));
    distribution.add(key(6), held(std::numeric_limits<double>::infinity()));
    distribution.add(key(7), held(exact, 0.0));
    distribution.add(key(8), held(-40, -1e-60));
    distribution.add(key(9), held(exact, 0.02));
    distribution.add(key(10), held(-40, 0.099));
    distribution.add(key(11), held(exact, 250.0));
    CHECK(distribution.exact == 1);
    CHECK(distribution.tight == 2);
    CHECK(distribution.digits == std::map<long, long>{{0, 2}, {50, 2}, {51, 1}});
    CHECK(distribution.decades == std::map<long, long>{{-2, 2}, {2, 1}});
}

TEST_CASE("the hardest cases are those of least slack, or of largest error, hardest first") {
    CHECK(hardest({}).empty());
    CHECK(hardest({held(exact), held(exact)}).empty());
    CHECK(hardest({held(-50), held(-20), held(exact), held(-30)}) == std::vector<std::uint64_t>{1, 3, 0});
    CHECK(hardest({held(exact, 3.0), held(-9, 0.0), held(exact, 2.0), held(-9, 1.0)}) ==
          std::vector<std::uint64_t>{1, 3, 2});
    // Of equally hard ones those that came first.
    CHECK(hardest({held(-50), held(-50), held(-50), held(-50)}) == std::vector<std::uint64_t>{0, 1, 2});
}

TEST_CASE("every observation is counted once, and the hardest are those of a sort") {
    rc::prop("any observations", [](const std::vector<std::pair<short, bool>>& numbers, bool inequality) {
        std::vector<Observation> observations;
        Distribution distribution;
        for (const auto& [number, is_exact] : numbers) {
            observations.push_back(inequality ? held(exact, std::max(0.0, number / 100.0))
                                              : held(is_exact ? exact : number / 100.0));
            distribution.add(key(observations.size()), observations.back());
        }
        long counted = distribution.exact + distribution.tight;
        for (const auto& counts : {distribution.digits, distribution.decades}) {
            for (const auto& [place, cases] : counts) {
                counted += cases;
            }
        }
        RC_ASSERT(counted == static_cast<long>(numbers.size()));
        const auto difficulty = [](const Observation& each) {
            return each.slack ? -*each.slack : each.error_log10;
        };
        std::vector<double> expected;
        for (const Observation& each : observations) {
            if (each.slack || each.error_log10 != exact) {
                expected.push_back(difficulty(each));
            }
        }
        std::sort(expected.rbegin(), expected.rend());
        expected.resize(std::min(expected.size(), Distribution::most_hard_cases));
        std::vector<double> found;
        for (const HardCase& hard : distribution.hardest) {
            found.push_back(hard.slack ? -*hard.slack : hard.error_log10);
        }
        RC_ASSERT(found == expected);
    });
}
