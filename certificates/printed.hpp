// What a certificate proves, as decimals rounded outwards.
#pragma once

#include <optional>

#include "certificates/tree_check.hpp"
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

/// What a proof must be of to be of use to who asks: any problem and any digits unless said otherwise.
struct Demand {
    std::optional<Configuration> configuration = std::nullopt;
    long digits = 0;
};

/// In what the certificate's claim falls short of the demand, in one line; empty where in nothing.
std::string shortfall(const Certificate& certificate, const Demand& demand);

/// Checks the certificate and prints all that follows from it. One that falls short of the demand is not
/// proven, and not looked at further.
Certification certify(const Certificate& certificate, Detail detail, const Demand& demand = {});

/// The same of trees; to be of so many digits their gap must be at most 10^(2-digits). Gap terms and implied
/// bounds belong to the dual bound: there are none here.
Certification certify(const TreeCertificate& certificate, const Demand& demand = {});

}  // namespace ncverify::certificates
