// Case: what a check looks at. Each paper derives its own, with the testimony of its witnesses.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ncverify/verdict.hpp"
#include "trial/case_key.hpp"
#include "trial/trace.hpp"

namespace ncverify::trial {

using api::Evidence;
using api::to_string;

/// What a solver did for a case.
struct SolverAccount {
    bool certified = false;
    long starts = 0;
    long local_minima = 0;  ///< met on the way or ended in: points not global or not proven so
};

/// One named value of an observation, as decimal text, for counterexamples.
using NamedValue = std::pair<std::string, std::string>;

/// Two statements of the witnesses about one number that cannot both be true.
struct Contradiction {
    std::string message;
    std::vector<NamedValue> values;
};

/// One instance and a seed. A case remembers what has been asked for, so that the level of evidence is a fact
/// and not a declaration.
class Case {
  public:
    Case() = default;
    explicit Case(CaseKey which) : key(std::move(which)) {}
    Case(const Case&) = default;
    Case& operator=(const Case&) = default;
    Case(Case&&) = default;
    Case& operator=(Case&&) = default;
    virtual ~Case() = default;

    CaseKey key;
    /// What is being compared, and which comparison is wrong in this world (trace.hpp).
    mutable Watch watch;

    /// Forgets what was asked for; `evidence` says what the questions since then amount to.
    virtual void begin() const {}
    virtual Evidence evidence() const { return Evidence::enclosed; }
    /// Which parts of the testimony were asked for, bits of the paper's choice: a check that needed none of a
    /// part cannot see it change.
    virtual unsigned asked() const { return 0; }
    /// A copy, its testimony included, for a world that differs in one more thing.
    virtual std::unique_ptr<Case> clone() const { return std::make_unique<Case>(*this); }
    /// Where what was asked for contradicts itself, whatever was compared with it; the check then refutes.
    virtual std::optional<Contradiction> contradiction() const { return std::nullopt; }
    /// What the solver did, where a check asked for its point; none where none did, or there is no solver.
    virtual std::optional<SolverAccount> solver() const { return std::nullopt; }
};

}  // namespace ncverify::trial
