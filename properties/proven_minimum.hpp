// Where branch and bound meets the solver's point and the checker: proven minima with fewer coordinates than
// classes.
#pragma once

#include "bottleneck/branch_and_bound.hpp"
#include "certificates/tree_check.hpp"
#include "properties/certified.hpp"

namespace ncverify::properties {

/// A tree and what the checker says of it.
struct ProvenMinimum {
    certificates::TreeCertificate certificate;
    certificates::Bounds
        bounds;  ///< `feasible`, unless search and checker disagree: `reason` then says about what
    bottleneck::End end = bottleneck::End::stopped;
    long nodes = 0;
    long leaves = 0;
    bool interrupted = false;                      ///< `limits.stop` ended it
    double search_seconds = 0, check_seconds = 0;  ///< of the clock
};

/// Proves how low the loss can be, by branch and bound around the solution's best point and at most `limits`,
/// until the gap is 10^(2-digits) or the one asked for. Where the search meets a better point, that becomes
/// the solution's, and it begins again. Nothing where there is no point to begin with.
/// @param result  of `solve_and_certify` in the class-means form with the same options
std::optional<ProvenMinimum> prove_minimum(const Configuration& configuration,
                                           const solvers::SolveOptions& options,
                                           const bottleneck::Limits& limits, CertifiedSolution& result);

/// The search's trees as the checker reads them.
std::vector<certificates::ConeTree> trees_of(const bottleneck::Tree& tree);

/// Leaves of all trees.
long leaves_of(const std::vector<certificates::ConeTree>& trees);

}  // namespace ncverify::properties
