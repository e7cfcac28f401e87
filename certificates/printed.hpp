// What a certificate proves, as decimals rounded outwards.
#pragma once

#include <optional>

#include "certificates/check.hpp"
#include "ncverify/certification.hpp"

namespace ncverify::certificates {

using api::Certification;
using api::PrintedBounds;
using api::PrintedGapTerms;

/// Which of the bounds that a gap implies are printed: also those with one entry a class, or only the
/// largest.
enum class Detail { each_class, summary };

/// The certificate's gap in five parts; nothing where the point or the slopes are infeasible. At the
/// precision of the innermost PrecisionScope, as the next function.
std::optional<PrintedGapTerms> printed_gap_terms(const Certificate& certificate, const Bounds& bounds);

/// What the gap implies for every point whose loss is at most the upper bound; nothing where infeasible.
std::optional<PrintedBounds> printed_bounds(const Certificate& certificate, const Bounds& bounds,
                                            Detail detail);

/// Checks the certificate and prints all that follows from it.
Certification certify(const Certificate& certificate, Detail detail);

}  // namespace ncverify::certificates
