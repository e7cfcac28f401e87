// Case run: claims on one case, and the walk from a failing case to the simplest one that still fails.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "trial/claim.hpp"
#include "trial/paper.hpp"
#include "trial/result.hpp"

namespace ncverify::trial {

/// Digits beyond those of Paper::digits in which a case is computed.
inline constexpr long guard_digits = 40;

/// What one case came to: one observation per claim, in the order of the claims.
struct CaseRecord {
    bool finished = false;
    std::optional<SolverAccount> solver;
    std::vector<Observation> observations;
};

/// Runs claims on one case; those undecided run again at doubled precision, up to three times. A check that
/// throws is that claim's failure, not the run's.
/// @param tried  which of the claims are put to it, one for each; empty: all. The others stay untried.
CaseRecord run_case(const Paper& paper, const CaseKey& key, const std::vector<Claim>& claims,
                    const std::vector<bool>& tried = {});

/// Walks to a simpler instance as long as the claim still fails there, until `halted`.
/// @param key, failure  a case in which it failed, and what was seen there
Counterexample shrink(const Paper& paper, const Claim& claim, CaseKey key, Observation failure,
                      const std::function<bool()>& halted);

}  // namespace ncverify::trial
