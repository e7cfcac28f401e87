// Verdicts: what commands that put claims on trial do with them in common.
#pragma once

#include <vector>

#include "reports/report.hpp"
#include "trial/proofs.hpp"

namespace ncverify::cli {

/// The paper's box proofs of these claims.
std::vector<trial::BoxProof> box_proofs(const trial::Paper& paper, const std::vector<trial::Claim>& claims);

/// 0 where every verdict is the expected one and wrong theorems were noticed, 3 where claims are merely
/// undecided, else 1 (reports::standing).
int verdict_status(const reports::Report& report);

}  // namespace ncverify::cli
