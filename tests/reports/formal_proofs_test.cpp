#include "reports/formal_proofs.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "files/json.hpp"
#include "problem/errors.hpp"
#include "properties/paper.hpp"
#include "properties/registry.hpp"
#include "reports/proof_check.hpp"
#include "trial/result.hpp"

namespace ncverify::reports {

namespace {

using trial::ClaimResult;
using trial::Evidence;
using trial::Verdict;

// What the program carries of a theorem, of proofs/statements.txt.
std::string statement(const std::string& theorem) {
    const std::string text = properties::paper().formal_statements;
    const std::size_t start = text.find('\n', text.find("== " + theorem + " ")) + 1;
    return text.substr(start, text.find("\n\n", start) - start);
}

std::string stamp(const std::string& sources, const std::string& of_thm1_a = statement("Statements.thm1_a")) {
    const Json json{{"format", "ncverify-proofs-2"},
                    {"sources", sources},
                    {"theorems",
                     {{"Statements.thm1_a", of_thm1_a},
                      {"StatementsProof.remark_duals", statement("StatementsProof.remark_duals")}}}};
    return json.dump();
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
    CHECK(proofs[0].theorem == "Statements.thm1_a");
    CHECK_FALSE(proofs[0].refutes);
    // With all that it assumes.
    CHECK(proofs[0].statement.starts_with("forall (P : problem) (d : nat)"));
    CHECK(proofs[0].statement.find("global_minimiser W H ->") != std::string::npos);
    CHECK(proofs[1].refutes);
    CHECK(granted_proofs(properties::paper(), stamp("abc"), "abd", "stamp").empty());
    CHECK(granted_proofs(properties::paper(), stamp(proof_sources()), proof_sources(), "stamp").size() == 2);
    CHECK(read_formal_proofs(properties::paper(), "no/such/stamp.json").empty());
}

TEST_CASE("a stamp of the right sources that says other statements is refused") {
    CHECK_THROWS_WITH(
        granted_proofs(properties::paper(), stamp("abc", "True"), "abc", "stamp"),
        Catch::Contains("Statements.thm1_a") && Catch::Contains("not what this program carries"));
    const Json invented{{"format", "ncverify-proofs-2"},
                        {"sources", proof_sources()},
                        {"theorems", {{"Statements.landscape", "forall P, benign P"}}}};
    CHECK_THROWS_AS(granted_proofs(properties::paper(), invented.dump(), proof_sources(), "stamp"),
                    InputError);
}

TEST_CASE(
    "the program carries the statement of every theorem that settles a claim, and the proofs' sources") {
    std::istringstream table(properties::paper().formal_claims);
    for (std::string line; std::getline(table, line);) {
        if (!line.empty() && line.front() != '#') {
            CHECK(!statement(line.substr(line.rfind(' ') + 1)).empty());
        }
    }
    const std::vector<ProofFile> files = proof_files();
    for (const std::string name :
         {"Problem.v", "Statements.v", "_CoqProject", "check.py", "statements.txt"}) {
        CHECK(std::any_of(files.begin(), files.end(),
                          [&](const ProofFile& file) { return name == file.name && *file.text != '\0'; }));
    }
}

TEST_CASE("what is no stamp is refused") {
    for (const char* text :
         {"", "[]", "{}", R"({"format": "ncverify-proofs-2"})",
          R"({"format": "ncverify-proofs-1", "sources": "a", "theorems": {}})",
          R"({"format": "ncverify-proofs-2", "sources": "a", "theorems": ["Statements.thm1_a"]})"}) {
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
    CHECK(lines >= 70);
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
