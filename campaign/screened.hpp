// Screened: what blocks of floating-point cases add up to, in numbers that say nothing of what was solved.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "campaign/plan.hpp"

namespace ncverify::campaign {

/// What a screen's campaign is begun with.
struct ScreenPlan {
    Settings settings;                ///< all that decides a case and what comes of it, the version included
    std::vector<std::string> claims;  ///< identifiers
    std::vector<std::string> claim_kinds;  ///< "claim" or "misreading", of each
    long cases = 0, block_size = 1;

    long blocks() const { return (cases + block_size - 1) / block_size; }
};

/// What became of one claim.
struct ScreenedClaim {
    long checked = 0, unresolved = 0, suspects = 0;
    double largest = 0;          ///< error
    std::map<int, long> errors;  ///< by bin: how many cases
};

/// A case that was solved again, certified and tried.
struct ScreenedSuspect {
    long number = 0;     ///< of the case
    std::string claims;  ///< identifiers of those beyond their tolerance, with commas
    std::string found;   ///< the point in floating point, as JSON
    bool certified = false;
    std::string refuted;  ///< identifiers of the claims that failed there
    std::string reason;   ///< why it stood out
    std::string replay;
};

/// What some cases came to.
struct Screened {
    std::map<std::string, long> counts;  ///< by what is counted
    std::vector<ScreenedClaim> claims;   ///< as the plan has them
    std::vector<ScreenedSuspect> suspects;

    /// Adds what other cases came to.
    void merge(const Screened& other);
};

/// A block that is done.
struct ScreenBlock {
    long number = 0, cases = 0;
    Screened screened;
    double seconds = 0;   ///< that it took one thread
    std::string machine;  ///< whose it was
};

/// Identifiers in one text, with commas; and apart again.
std::string joined(const std::vector<std::string>& identifiers);
std::vector<std::string> apart(const std::string& identifiers);

}  // namespace ncverify::campaign
