// Philox 4x32-10: random numbers by counter, the same on every device and in every order.
#pragma once

#include <cstdint>

#include "screen/kernel/platform.hpp"

namespace ncverify::screen {

/// Four words of 32 bits.
struct Words {
    std::uint32_t word[4];
};

/// Philox 4x32 with ten rounds (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// 2011): a bijection of `counter` for every key, whose outputs pass for random.
NCVERIFY_DEVICE inline Words philox(Words counter, std::uint64_t key) {
    auto low = static_cast<std::uint32_t>(key);
    auto high = static_cast<std::uint32_t>(key >> 32);
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = std::uint64_t{0xD2511F53U} * counter.word[0];
        const std::uint64_t second = std::uint64_t{0xCD9E8D57U} * counter.word[2];
        counter = {{static_cast<std::uint32_t>(second >> 32) ^ counter.word[1] ^ low,
                    static_cast<std::uint32_t>(second),
                    static_cast<std::uint32_t>(first >> 32) ^ counter.word[3] ^ high,
                    static_cast<std::uint32_t>(first)}};
        low += 0x9E3779B9U;
        high += 0xBB67AE85U;
    }
    return counter;
}

/// Stream number `stream` of case number `number` of a seed: words one after the other.
class CaseRandom {
  public:
    NCVERIFY_DEVICE CaseRandom(std::uint64_t seed, std::uint64_t number, std::uint32_t stream)
        : seed_(seed),
          counter_{{0, stream, static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(number >> 32)}},
          words_{{0, 0, 0, 0}} {}

    NCVERIFY_DEVICE std::uint32_t next() {
        if (place_ == 4) {
            words_ = philox(counter_, seed_);
            ++counter_.word[0];
            place_ = 0;
        }
        return words_.word[place_++];
    }
    /// A whole number in 0..range-1, range < 2^31; biased by less than range / 2^32.
    NCVERIFY_DEVICE int below(int range) {
        return static_cast<int>((std::uint64_t{next()} * static_cast<std::uint64_t>(range)) >> 32);
    }
    /// Uniform in [0, 1), a multiple of 2^-24: exact in single precision.
    NCVERIFY_DEVICE float uniform() { return static_cast<float>(next() >> 8) * 0x1.0p-24F; }

  private:
    std::uint64_t seed_;
    Words counter_;
    Words words_;
    int place_ = 4;
};

}  // namespace ncverify::screen
