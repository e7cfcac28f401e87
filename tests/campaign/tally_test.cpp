// Campaigns' arithmetic: findings add up in any order and pass through messages unchanged; the bound is
// exact.
#include "campaign/tally.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "campaign/finding_json.hpp"
#include "campaign/standing.hpp"
#include "campaign/statistics.hpp"
#include "campaign/work.hpp"
#include "toy/paper.hpp"

namespace {

using namespace ncverify;
using campaign::Finding;
using campaign::Part;
using campaign::Plan;
using campaign::Standing;

Plan toy_plan(long cases = 60) {
    trial::TrialOptions options;
    options.random = cases;
    options.seed = 3;
    options.claims = toy::paper().claims;
    options.method = toy::paper().methods.front();
    return {toy::paper(), options, 7};
}

// Everything that the base plan comes to, its tasks done and added in this order.
std::vector<Finding> base_findings(const Plan& plan) {
    const std::atomic<bool> stop{false};
    const Standing empty(plan);
    campaign::Schedule schedule(plan, empty, {});
    std::vector<Finding> findings;
    for (auto task = schedule.next(); task; task = schedule.next()) {
        findings.push_back(campaign::work(plan, *task, stop).value());
    }
    return findings;
}

std::string text_of(const Plan& plan, const std::vector<Finding>& findings) {
    Standing standing(plan);
    for (const Finding& finding : findings) {
        CHECK(standing.add(plan, finding));
    }
    Finding sum;
    for (std::size_t j = 0; j < plan.claims().size(); ++j) {
        sum.claims[j] = standing.tally(Part::base, j);
    }
    sum.combinations = standing.combinations;
    sum.solver = standing.solver;
    sum.cases = standing.cases[0];
    return to_message(plan, sum);
}

}  // namespace

TEST_CASE("campaign: findings add up to the same in any order, and not without one of them") {
    const Plan plan = toy_plan();
    std::vector<Finding> findings = base_findings(plan);
    REQUIRE(findings.size() == 9);
    const std::string whole = text_of(plan, findings);
    std::reverse(findings.begin(), findings.end());
    CHECK(text_of(plan, findings) == whole);
    std::swap(findings[2], findings[7]);
    CHECK(text_of(plan, findings) == whole);
    findings.pop_back();
    CHECK(text_of(plan, findings) != whole);
}

TEST_CASE("campaign: a finding that came before is not counted again") {
    const Plan plan = toy_plan();
    const std::vector<Finding> findings = base_findings(plan);
    Standing standing(plan);
    CHECK(standing.add(plan, findings[0]));
    CHECK_FALSE(standing.add(plan, findings[0]));
    CHECK(standing.cases[0] == 7);
}

TEST_CASE("campaign: messages say the same again") {
    const Plan plan = toy_plan();
    for (const Finding& finding : base_findings(plan)) {
        const std::string text = to_message(plan, finding);
        CHECK(to_message(plan, campaign::finding_of_message(plan, text)) == text);
    }
    CHECK(campaign::exact_value(campaign::exact_text(0.1 + 0.2)) == 0.1 + 0.2);
    CHECK(campaign::exact_value(campaign::exact_text(-INFINITY)) == -INFINITY);
    CHECK_FALSE(campaign::exact_value(campaign::exact_text(std::nullopt)));
}

TEST_CASE("campaign: shards share the base plan's blocks") {
    const Plan plan = toy_plan();
    const Standing empty(plan);
    std::vector<long> blocks;
    for (const long index : {0L, 1L, 2L, 3L}) {
        campaign::Schedule schedule(plan, empty, {index, 4});
        for (auto task = schedule.next(); task; task = schedule.next()) {
            CHECK(task->number % 4 == index);
            blocks.push_back(task->number);
        }
    }
    std::sort(blocks.begin(), blocks.end());
    CHECK(blocks == std::vector<long>{0, 1, 2, 3, 4, 5, 6, 7, 8});
}

TEST_CASE("campaign: the bound is the share at which so few failures have a probability of 5 %") {
    CHECK(campaign::upper_bound(0, 1'000'000) == Approx(-std::expm1(1e-6 * std::log(0.05))).epsilon(1e-12));
    CHECK(campaign::upper_bound(0, 0) == 1);
    CHECK(campaign::upper_bound(7, 7) == 1);
    for (const auto& [failures, draws] : {std::pair(0L, 59L), {1L, 40L}, {5L, 100L}, {39L, 40L}}) {
        const double p = campaign::upper_bound(failures, draws);
        double probability = 0, term = std::pow(1 - p, static_cast<double>(draws));
        for (long k = 0; k <= failures; ++k) {
            probability += term;
            term *= static_cast<double>(draws - k) / static_cast<double>(k + 1) * p / (1 - p);
        }
        CHECK(probability == Approx(0.05).epsilon(1e-9));
    }
}

TEST_CASE("campaign: other options are named") {
    const auto here = toy_plan(60).settings(), asked = toy_plan(61).settings();
    CHECK(campaign::difference(here, here).empty());
    CHECK(campaign::difference(here, asked) == "--random 61 instead of 60");
    CHECK(campaign::plan_of(here, {&toy::paper()}, "here").settings() == here);
    auto other = here;
    other.front().second = "0.0.1";
    CHECK_THROWS(campaign::plan_of(other, {&toy::paper()}, "here"));
}
