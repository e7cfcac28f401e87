// Randomness: one explicit seed, split by name or number, so that no result depends on threads or on order.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

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

/// The seed that `text` is in decimal digits; nothing where it is none, or 2^64 or more.
inline std::optional<std::uint64_t> parse_seed(std::string_view text) {
    std::uint64_t seed = 0;
    const char* end = text.data() + text.size();
    const auto [last, error] = std::from_chars(text.data(), end, seed);
    return error == std::errc() && last == end ? std::optional(seed) : std::nullopt;
}

}  // namespace ncverify
