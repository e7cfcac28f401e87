// Randomness: one explicit seed, split by name or number, so that no result depends on threads or on order.
#pragma once

#include <cstdint>

namespace ncverify {

/// SplitMix64: a tiny counter-like generator with a full 64-bit period; equal on every platform.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// Uniform in [0, 1).
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  private:
    std::uint64_t state_;
};

/// An independent seed for part `index` of what `seed` governs.
inline std::uint64_t split_seed(std::uint64_t seed, std::uint64_t index) {
    Random mixer(seed ^ (0xd1342543de82ef95ULL * (index + 1)));
    mixer.next();
    return mixer.next();
}

}  // namespace ncverify
