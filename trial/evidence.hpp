// Evidence: what stands behind a verdict.
#pragma once

#include <string>

namespace ncverify::trial {

/// Levels of evidence, the weakest first (docs/soundness.md says what each rests on).
enum class Evidence {
    sampled,    ///< random points, or points only approximately what the claim is about
    enclosed,   ///< each case decided by enclosures or in rationals
    certified,  ///< rests on a minimiser whose global optimality a certificate proves
    proved      ///< a proof over a whole domain; never granted by cases
};

std::string to_string(Evidence evidence);  ///< "sampled", ..

}  // namespace ncverify::trial
