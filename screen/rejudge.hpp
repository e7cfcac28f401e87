// Suspects re-judged: by the arbitrary-precision solver, its certificate and the registry's own checks.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "problem/configuration.hpp"
#include "screen/screen.hpp"

namespace ncverify::screen {

/// What the arbitrary-precision path says of one suspect.
struct Ruling {
    Suspect suspect;
    Configuration configuration;
    bool certified = false;            ///< the configuration's global minimum was found and proven
    bool confirmed = false;            ///< some claim beyond its tolerance is refuted there
    std::vector<std::size_t> refuted;  ///< which, of ScreenOptions::claims
    /// "confirmed"; or why the float path's point differs from what was certified: "local minimum",
    /// "shared coordinates", "not converged", "ill-conditioned"; "unexplained" where none of these.
    std::string reason;
};

/// The sample as exact data.
Configuration configuration_of(const Sample& sample);

/// The classes of a set of bits, counted from 1.
std::vector<long> classes_of(std::uint32_t bits);

/// Solves each suspect again at `digits` digits, certifies it, and puts the claims that it exceeded on trial
/// there. Local minima and unconverged cases, of which no claim was judged, are tried by all claims of
/// Theorem 1. Stops early, with fewer rulings, where `stop` becomes true.
std::vector<Ruling> rejudge(const std::vector<Suspect>& suspects, const ScreenOptions& options, long digits,
                            const std::atomic<bool>& stop);

}  // namespace ncverify::screen
