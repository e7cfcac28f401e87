#include "reports/formal_proofs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "problem/errors.hpp"
#include "properties/paper.hpp"
#include "properties/registry.hpp"
#include "trial/result.hpp"

namespace ncverify::reports {

namespace {

using trial::ClaimResult;
using trial::Evidence;
using trial::Verdict;

std::string stamp(const std::string& sources) {
    return fmt::format(
        R"({{"format": "ncverify-proofs-1", "sources": "{}", "theorems": {{"Structure.thm1_a": "Theorem thm1_a ..", )"
        R"("Remarks.duals_refuted": "Theorem duals_refuted .."}}}})",
        sources);
}

// A trial in which one claim came out so.
trial::TrialResult result_of(const std::string& claim, Verdict verdict) {
    trial::TrialResult result;
    ClaimResult& only = result.claims.emplace_back();
    only.claim = properties::select_claims(claim).front();
    only.verdict = verdict;
    only.cases_evidence = Evidence::certified;
    return result;
}

ClaimResult after(const std::string& claim, Verdict verdict, bool whole_domain = true) {
    trial::TrialResult result = result_of(claim, verdict);
    trial::add_formal_proofs(result, granted_proofs(properties::paper(), stamp("abc"), "abc", "stamp"),
                             whole_domain);
    return result.claims.front();
}

}  // namespace

TEST_CASE("a stamp grants the theorems that it covers, of the sources at hand only") {
    const auto proofs = granted_proofs(properties::paper(), stamp("abc"), "abc", "stamp");
    REQUIRE(proofs.size() == 2);
    CHECK(proofs[0].claim == "thm1.a");
    CHECK(proofs[0].theorem == "Structure.thm1_a");
    CHECK_FALSE(proofs[0].refutes);
    CHECK(proofs[1].refutes);
    CHECK(granted_proofs(properties::paper(), stamp("abc"), "abd", "stamp").empty());
    CHECK(granted_proofs(properties::paper(), stamp(proof_sources()), proof_sources(), "stamp").size() == 2);
    CHECK(read_formal_proofs(properties::paper(), "no/such/stamp.json").empty());
}

TEST_CASE("what is no stamp is refused") {
    for (const char* text :
         {"", "[]", "{}", R"({"format": "ncverify-proofs-1"})",
          R"({"format": "ncverify-proofs-1", "sources": "a", "theorems": ["Structure.thm1_a"]})"}) {
        CHECK_THROWS_AS(granted_proofs(properties::paper(), text, "a", "stamp"), InputError);
    }
}

TEST_CASE("every claim that proofs/claims.txt names is registered") {
    std::istringstream table(properties::paper().formal_claims);
    long lines = 0;
    for (std::string line; std::getline(table, line);) {
        if (!line.empty() && line.front() != '#') {
            ++lines;
            const std::string claim = line.substr(0, line.find(' '));
            CHECK(properties::select_claims(claim).size() == 1);
        }
    }
    CHECK(lines > 40);
}

TEST_CASE("Coq's theorem makes a verdict proved where both agree, and undecided where not") {
    CHECK(after("thm1.a", Verdict::verified).evidence() == Evidence::proved);
    CHECK(after("remark.duals", Verdict::refuted).evidence() == Evidence::proved);
    CHECK(after("thm1.b", Verdict::verified).evidence() == Evidence::certified);
    CHECK(after("thm1.a", Verdict::inconclusive).evidence() == Evidence::certified);
    CHECK(after("thm1.a", Verdict::refuted).verdict == Verdict::inconclusive);
    CHECK(after("remark.duals", Verdict::verified).verdict == Verdict::inconclusive);
    // On a single configuration what is false elsewhere may hold.
    CHECK(after("remark.duals", Verdict::verified, false).verdict == Verdict::verified);
    CHECK(after("remark.duals", Verdict::verified, false).evidence() == Evidence::certified);
}

}  // namespace ncverify::reports
