// The screen: random configurations through the kernel, every claim's errors, and the cases to look at again.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "screen/claims.hpp"
#include "screen/error_tally.hpp"
#include "screen/kernel/engine.hpp"

namespace ncverify::screen {

struct ScreenOptions {
    long random = 1'000'000;  ///< configurations: so many cases of the seed, from `first` on
    long first = 0;           ///< number of the first case
    std::uint64_t seed = 1;
    int jobs = 0;                     ///< threads; 0: all cores
    std::optional<Shape> shape;       ///< K and d of all cases; else by random_shape
    bool weighted = false;            ///< class weights in all cases
    std::string engine;               ///< of the CPU, by name; empty: the fastest
    bool cuda = false;                ///< on the GPU instead
    std::vector<ScreenClaim> claims;  ///< what is evaluated
};

/// A case that the arbitrary-precision path must look at, and why.
struct Suspect {
    std::uint64_t number = 0;
    Shape shape{};
    Summary summary{};
    std::vector<std::size_t> claims;  ///< of ScreenOptions::claims, those beyond their tolerance
    double residual = 0;              ///< norm of F's projected gradient
    double worst_curvature = 0;       ///< smallest mu_k (README.md)
    double excess = 0;                ///< loss over the closed form's, relative
};

struct ClaimTally {
    ErrorTally errors;
    long suspects = 0, unresolved = 0;
    void merge(const ClaimTally& other);
};

struct ScreenResult {
    std::string engine;
    long configurations = 0;  ///< finished
    long evaluations = 0, revived_cases = 0;
    long stagnated = 0, exhausted = 0;  ///< not converged; judged by the gradient that they reached
    long local_minima = 0;              ///< ended with dead classes or shared coordinates: not judged
    std::vector<ClaimTally> claims;     ///< as ScreenOptions::claims
    /// In case order: local minima, unconverged cases and whatever exceeds a tolerance.
    std::vector<Suspect> suspects;
    bool interrupted = false;
    double seconds = 0;
    double gpu_seconds = 0;  ///< of these, spent waiting for the GPU's results

    double per_second() const { return static_cast<double>(configurations) / seconds; }
};

/// Throws InputError where this processor has no engine of that name; "" names the fastest.
void require_engine(const std::string& name);

/// Runs all cases; `stop` ends it after the batch in hand, with a result for what was done. The result does
/// not depend on the number of threads or the engine, `engine` and `seconds` aside.
template <typename S>
ScreenResult run_screen(const ScreenOptions& options, const std::atomic<bool>& stop,
                        const std::function<void(long done)>& progress);

}  // namespace ncverify::screen
