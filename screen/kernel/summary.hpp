// What the kernel takes and hands back of one problem: plain numbers, shared by all instruction sets.
#pragma once

#include <cstdint>

#include "screen/kernel/platform.hpp"

namespace ncverify::screen {

/// Why a descent ended.
enum class Ending : std::uint8_t {
    converged,  ///< projected gradient at the tolerance
    stagnated,  ///< no smaller projected gradient for long: rounding, or a minimum that is not quadratic
    exhausted   ///< the limit on evaluations
};

/// How one problem ended.
struct Summary {
    Ending ending;
    int evaluations;
    int revived;         ///< dead classes met on the way and given a coordinate
    std::uint32_t dead;  ///< bit k: class k owns nothing at the end although it could lower F
    bool shared;         ///< some coordinate serves two classes at the end
};

/// Limits of a descent.
template <typename S>
struct Limits {
    static constexpr S rough = sizeof(S) == 4 ? S(1e-3) : S(1e-4);  ///< where dead classes are looked for
    /// Where it ends: length of the projected gradient over sqrt(1 + ||V||^2 + ||U||^2).
    static constexpr S tolerance = sizeof(S) == 4 ? S(4e-6) : S(1e-11);
    static constexpr S rounding = sizeof(S) == 4 ? S(2e-6) : S(4e-15);  ///< of F, relative
    static constexpr int evaluations = 4000, patience = 400;
};

}  // namespace ncverify::screen
