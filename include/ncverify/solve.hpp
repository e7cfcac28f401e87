// Minimising problem (4) without the theorem, and certifying the minimum.
#pragma once

#include <atomic>

#include "ncverify/input_error.hpp"
#include "ncverify/solution.hpp"

namespace ncverify::api {

struct SolveOptions {
    long digits = 50;  ///< significant decimal digits, 1..100000
    std::uint64_t seed = 1;
    Formulation formulation = Formulation::class_means;
    std::optional<SearchMethod> search = {};  ///< not set: structured where it applies, else descent
    long starts = 0;          ///< exactly this many, at most 10^6; 0: until certified, at most 64
    bool matrices = true;     ///< also the K x K matrices, and the bounds with one entry a class
    bool point = false;       ///< also `Solution::point`
    bool certificate = true;  ///< also `Solution::certificate`
    /// With fewer coordinates than classes want, branch and bound proves how low the loss can be: by itself
    /// where (K-2) d is at most 2, and wherever one of these is set. InputError where its cones cannot be
    /// listed.
    double gap = 0;      ///< the relative gap that suffices, in (0, 1); 0: 10^(2-digits)
    double seconds = 0;  ///< of the clock, after which it ends with the gap proven by then; 0: no limit
    long jobs = 1;       ///< its threads; 0: all cores. The answer does not depend on it
    const std::atomic<bool>* stop = nullptr;  ///< ends it, what is proven by then kept, once true
};

/// The same seed and options give the same answer, but for `timing`. Runs on the calling
/// thread, branch and bound on `jobs`. Throws
/// InputError for a configuration or options out of range, and where the work would not fit in memory;
/// numerical failure is a status of the solution.
Solution solve(const Configuration& configuration, const SolveOptions& options = {});

/// The document that `ncverify solve --format json` prints.
std::string to_json(const Solution& solution);

}  // namespace ncverify::api
