// A minimiser found by the solver and judged by the checker: where the two first meet.
#pragma once

#include "certificates/check.hpp"
#include "solvers/solve.hpp"

namespace ncverify::properties {

/// What `solve` answers: the solver's own account and the certificate that the checker judged.
struct CertifiedSolution {
    solvers::Solution solution;
    certificates::Certificate certificate;  ///< of the best point; empty where every start failed
    certificates::Bounds bounds;            ///< proven enclosures for it
};

/// The certificate for a refined point: W and H as decimals, row j of the features being column j of H, both
/// bounds as the checker proves them.
certificates::Certificate make_certificate(const Configuration& configuration, long digits,
                                           const solvers::Minimizer& minimizer,
                                           const std::vector<Rational>& slopes,
                                           Formulation formulation = Formulation::class_means);

/// Solves, in either form, without the theorem; status "certified" means that certificates::check's bounds
/// close to 10^(2-digits).
CertifiedSolution solve_and_certify(const Configuration& configuration, const solvers::SolveOptions& options);

}  // namespace ncverify::properties
