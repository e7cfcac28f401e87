#include "trial/proofs.hpp"

#include <catch2/catch.hpp>

#include "trial/mutation.hpp"
#include "trial/result.hpp"

using namespace ncverify;
using namespace ncverify::trial;

namespace {

BoxProof proof(const std::string& claim, BoxVerdict verdict) {
    BoxProof made;
    made.claim = claim;
    made.verdict = verdict;
    return made;
}

ClaimResult result(const std::string& id, Verdict verdict) {
    ClaimResult made;
    made.claim.id = id;
    made.verdict = verdict;
    made.cases_evidence = Evidence::enclosed;
    return made;
}

// One claim, with these proofs about it.
ClaimResult with(Verdict verdict, const std::vector<BoxVerdict>& proofs, bool whole_domain = true) {
    TrialResult trial;
    trial.claims = {result("a", verdict)};
    std::vector<BoxProof> list{proof("b", BoxVerdict::refuted)};
    for (const BoxVerdict one : proofs) {
        list.push_back(proof("a", one));
    }
    add_proofs(trial, list, whole_domain);
    return trial.claims[0];
}

}  // namespace

TEST_CASE("evidence is proved where every box proof of a verified claim is, or one refutes a refuted claim") {
    using V = BoxVerdict;
    CHECK(with(Verdict::verified, {V::proved, V::proved}).evidence() == Evidence::proved);
    CHECK(with(Verdict::verified, {V::proved, V::undecided}).evidence() == Evidence::enclosed);
    CHECK(with(Verdict::verified, {}).evidence() == Evidence::enclosed);
    CHECK(with(Verdict::refuted, {V::proved, V::refuted}).evidence() == Evidence::proved);
    CHECK(with(Verdict::refuted, {V::undecided}).evidence() == Evidence::enclosed);
    CHECK(with(Verdict::inconclusive, {V::proved}).evidence() == Evidence::enclosed);
}

TEST_CASE("where boxes and cases contradict each other the verdict is inconclusive, and says so") {
    using V = BoxVerdict;
    const ClaimResult held = with(Verdict::verified, {V::proved, V::refuted});
    CHECK(held.verdict == Verdict::inconclusive);
    CHECK_FALSE(held.message.empty());
    const ClaimResult failed = with(Verdict::refuted, {V::proved});
    CHECK(failed.verdict == Verdict::inconclusive);
    CHECK_FALSE(failed.message.empty());
    // One configuration on which a claim holds that fails elsewhere is no contradiction.
    CHECK(with(Verdict::verified, {V::refuted}, false).verdict == Verdict::verified);
}

TEST_CASE("a claim's report names the mutants that it refuted") {
    TrialResult trial;
    trial.claims = {result("a", Verdict::verified), result("b", Verdict::verified)};
    MutationResult mutants;
    mutants.claims = {{"b", {"one"}, {"one", "two"}}, {"c", {}, {"three"}}};
    add_mutants(trial, mutants);
    CHECK(trial.claims[0].mutants_killed.empty());
    CHECK(trial.claims[1].mutants_killed == std::vector<std::string>{"one", "two"});
}
