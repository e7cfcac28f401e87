// Evidence beyond the cases: proofs over boxes, and the wrong theorems that a claim refutes.
#pragma once

#include "properties/mutants/trial.hpp"
#include "properties/trial.hpp"

namespace ncverify::properties {

/// Adds what was proved over boxes to the claims concerned. Where a proof contradicts the cases, the verdict
/// becomes inconclusive, and the message says so.
/// @param whole_domain  the cases were many; on a single one, what is false elsewhere may hold
void add_proofs(TrialResult& result, const std::vector<BoxProof>& proofs, bool whole_domain);

/// Adds the theorems that Coq has checked to the claims concerned. Where one contradicts the cases, the
/// verdict becomes inconclusive, and the message says so. @param whole_domain  as above
void add_formal_proofs(TrialResult& result, const std::vector<FormalProof>& proofs, bool whole_domain);

/// Adds to each claim the names of the mutants that it refuted.
void add_mutants(TrialResult& result, const MutationResult& mutants);

}  // namespace ncverify::properties
