// What `solve` answers: as decimals, as JSON, and its point as a file.
#pragma once

#include "files/json.hpp"
#include "ncverify/solution.hpp"
#include "properties/proven_minimum.hpp"

namespace ncverify::properties {

/// Everything but the configuration, the point, the certificate and the total time.
/// @param proven  what branch and bound made of it, where it was tried
/// @param gap  the relative gap that was asked for; 0: none
/// @param summary  leave out the K x K matrices, and the bounds with one entry a class
api::Solution printed_solution(const Configuration& configuration, const solvers::SolveOptions& options,
                               const CertifiedSolution& result, const std::optional<ProvenMinimum>& proven,
                               double gap, bool summary);

/// The certificate's point.
api::Point printed_point(const certificates::Certificate& certificate);

/// The document that `ncverify solve --format json` prints.
Json to_json(const Configuration& configuration, const api::Solution& solution);

/// {"W": rows, "H": rows} and, in the samples form, {"Y": labels}: what `ncverify solve --save FILE.json`
/// writes.
Json to_json(const api::Point& point);

}  // namespace ncverify::properties
