// Record of a screen: what it found, in the numbers that its file and every report of it show.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "screen/rejudge.hpp"

namespace ncverify::screen {

/// One claim over all cases. Errors are in units of the quantity's natural scale.
struct ClaimRecord {
    std::string id;
    long checked = 0;     ///< cases that it applies to
    long unresolved = 0;  ///< cases whose point was too inaccurate to say anything
    /// Decimal text as `real_text` writes it: the largest error, and the one that 99 % do not exceed.
    std::string max_error, p99;
    long suspects = 0;              ///< cases beyond its tolerance
    long confirmed = 0;             ///< cases where the arbitrary-precision path refuted it
    std::map<int, long> histogram;  ///< errors of 10^decade up to 10^(decade+1), by decade; none where zero
};

/// A whole screen, its rulings, speed and timing aside.
struct ScreenRecord {
    std::string device;     ///< "cpu", "cuda"
    std::string engine;     ///< "avx2", ..
    std::string precision;  ///< "float32", "float64"
    std::uint64_t seed = 0;
    std::optional<Shape> shape;  ///< of all cases; none: a mixture
    bool weighted = false;       ///< class weights in all cases
    long configurations = 0;     ///< finished
    long evaluations = 0;
    long revived = 0;  ///< met a local minimum on their way and left it
    long local_minima = 0, stagnated = 0, exhausted = 0;
    bool interrupted = false;  ///< some cases were not run, or some suspects not judged
    std::vector<ClaimRecord> claims;
    long rejudged = 0;
    std::map<Reason, long> reasons;  ///< of the suspects that were judged again
};

/// A number in six digits: "3.1e-05", "inf".
std::string real_text(double value);

/// @param precision   "float32" or "float64"
/// @param all_judged  false where `rejudge` was stopped early
ScreenRecord record_of(const ScreenResult& result, const std::vector<Ruling>& rulings, bool all_judged,
                       const ScreenOptions& options, const std::string& precision);

/// Whether something stands against the paper, or against a misreading that was injected: a claim confirmed
/// to be wrong, or a suspect that nothing explains.
bool differs(const ScreenRecord& record);

/// Adds `more` to `records`. Of two screens of the same cases (seed, precision, shape and weights) the one
/// that found more against the paper is kept, else the one that went further; where both went as far, one
/// that was not interrupted, or the later.
void unite(std::vector<ScreenRecord>& records, const std::vector<ScreenRecord>& more);

}  // namespace ncverify::screen
