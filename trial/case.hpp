// Case: what a check looks at. Each paper derives its own, with the testimony of its witnesses.
#pragma once

#include <optional>

#include "ncverify/verdict.hpp"
#include "trial/case_key.hpp"

namespace ncverify::trial {

using api::Evidence;
using api::to_string;

/// What a solver did for a case.
struct SolverAccount {
    bool certified = false;
    long starts = 0;
    long local_minima = 0;  ///< met on the way or ended in: points not global or not proven so
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

    /// Forgets what was asked for; `evidence` says what the questions since then amount to.
    virtual void begin() const {}
    virtual Evidence evidence() const { return Evidence::enclosed; }
    /// Whether a number of the theorem was asked for: a check that needed none cannot see the theorem change.
    virtual bool asked_for_theorem() const { return false; }
    /// What the solver did, where a check asked for its point; none where none did, or there is no solver.
    virtual std::optional<SolverAccount> solver() const { return std::nullopt; }
};

}  // namespace ncverify::trial
