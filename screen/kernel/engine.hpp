// Engines: the kernel compiled for each instruction set, and what they have in common with the program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "screen/kernel/sample.hpp"
#include "screen/kernel/summary.hpp"

namespace ncverify::screen {

/// Where one problem of an arena lies (arena.hpp): number j of each is `stride` after number j-1.
template <typename S>
struct LaneView {
    int classes, dimension;
    int padded;   ///< entry (coordinate i, class k) of V^T and of U is number i padded + k
    int entries;  ///< numbers of V before those of U begin
    int stride;
    S* point;                                          ///< V, then U
    S *inverse_root, *gamma, *weight, *inverse_scale;  ///< n_k^-1/2, gamma_k, sqrt(n_k) gamma_k, n_k^-1/4
    NCVERIFY_DEVICE S& v(int i, int k) const { return point[(i * padded + k) * stride]; }
    NCVERIFY_DEVICE S& u(int i, int k) const { return point[(entries + i * padded + k) * stride]; }
};

/// Hands problems of one shape to an engine and takes them back.
template <typename S>
class Feed {
  public:
    virtual ~Feed() = default;
    /// Writes the next problem and its starting point to `view`; false where there is none.
    /// @param revivable  receives bit k where class k can lower F from h_k = 0
    virtual bool next(int lane, const LaneView<S>& view, std::uint32_t& revivable) = 0;
    /// Takes the problem that `next` last gave this lane.
    virtual void done(int lane, const LaneView<S>& view, const Summary& summary) = 0;
};

/// The kernel at one width.
template <typename S>
struct Engine {
    const char* name;  ///< "avx512", "avx2", "portable", ".. one at a time"
    int lanes;
    std::size_t (*bytes)(Shape shape);  ///< of `storage`, aligned to 64
    /// Solves all problems that the feed hands out.
    void (*run)(Shape shape, Feed<S>& feed, void* storage);
    /// Evaluates F and its gradient `times` times where `storage` holds an arena: for measurements.
    void (*evaluate)(Shape shape, void* storage, int times);
};

/// Engines that this processor can run, fastest first;
/// the last is `portable`, one lane. All compute the same bits.
template <typename S>
std::vector<Engine<S>> engines();

}  // namespace ncverify::screen
