// Minimising problem (4) without the theorem, and certifying the minimum.
#pragma once

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
};

/// The same seed and options give the same answer, but for `timing`. Runs on the calling thread. Throws
/// InputError for a configuration or options out of range, and where the work would not fit in memory;
/// numerical failure is a status of the solution.
Solution solve(const Configuration& configuration, const SolveOptions& options = {});

/// The document that `ncverify solve --format json` prints.
std::string to_json(const Solution& solution);

}  // namespace ncverify::api
