// What a trial says of a claim, and how strongly.
#pragma once

#include <string>

namespace ncverify::api {

/// Whose statement a claim is.
enum class Kind {
    claim,       ///< the paper's
    misreading,  ///< a control: a formula close to the paper's that must be refuted
    extension    ///< ours, beyond the paper
};

/// "claim", "misreading" or "extension".
inline std::string to_string(Kind kind) {
    return kind == Kind::claim ? "claim" : kind == Kind::misreading ? "misreading" : "extension";
}

enum class Verdict {
    verified,  ///< it held in every case, and the cases covered its domain; of existence: there is a witness
    refuted,   ///< some case certainly fails
    inconclusive  ///< neither: undecided cases, too few of some kind, none that applies, no witness
};

/// "verified", "refuted" or "inconclusive".
inline std::string to_string(Verdict verdict) {
    return verdict == Verdict::verified  ? "verified"
           : verdict == Verdict::refuted ? "refuted"
                                         : "inconclusive";
}

/// What stands behind a verdict, the weakest first (docs/soundness.md says what each rests on).
enum class Evidence {
    sampled,    ///< random points, or points only approximately what the claim is about
    enclosed,   ///< each case decided by enclosures or in rationals
    certified,  ///< rests on a minimiser whose global optimality a certificate proves
    proved      ///< a proof over a whole domain; never granted by cases
};

/// "sampled", "enclosed", "certified" or "proved".
inline std::string to_string(Evidence evidence) {
    return evidence == Evidence::sampled     ? "sampled"
           : evidence == Evidence::enclosed  ? "enclosed"
           : evidence == Evidence::certified ? "certified"
                                             : "proved";
}

}  // namespace ncverify::api
