// Claims on one case.
#include "trial/case_run.hpp"

#include <catch2/catch.hpp>

#include "toy/paper.hpp"
#include "trial/comparison.hpp"

using namespace ncverify;
using namespace ncverify::trial;

namespace {

// A case whose witnesses say two things of one number, or do not.
class Torn : public Case {
  public:
    Torn(const CaseKey& which, bool torn) : Case(which), torn_(torn) {}
    std::optional<Contradiction> contradiction() const override {
        return torn_ ? std::optional(Contradiction{"two things of one number", {}}) : std::nullopt;
    }

  private:
    bool torn_;
};

enum class Finds { true_there, false_there, nothing_said };

Outcome seen(bool existence, Finds finds, bool torn) {
    Paper paper = toy::paper();
    paper.make_case = [torn](const CaseKey& key, int) { return std::make_unique<Torn>(key, torn); };
    Claim claim;
    claim.id = "a";
    claim.existence = existence;
    claim.check = [finds](const Case& subject) {
        if (finds == Finds::nothing_said) {
            return Observation{};
        }
        Comparison comparison(subject);
        comparison.exact("n", finds == Finds::true_there, "no");
        return comparison.observation();
    };
    return run_case(paper, {.instance = 7L}, {claim}).observations.at(0).outcome;
}

}  // namespace

TEST_CASE("a case that contradicts itself refutes what is said of all cases, and is no skip of a witness") {
    for (const auto& [finds, of_all, of_one] :
         {std::tuple{Finds::true_there, Outcome::passed, Outcome::passed},
          {Finds::false_there, Outcome::refuted, Outcome::not_applicable},
          {Finds::nothing_said, Outcome::not_applicable, Outcome::not_applicable}}) {
        CHECK(seen(false, finds, false) == of_all);
        CHECK(seen(true, finds, false) == of_one);
        CHECK(seen(false, finds, true) == Outcome::refuted);
        CHECK(seen(true, finds, true) == Outcome::inconclusive);
    }
}
