// The body of an engine, included once per instruction set: defines `wide_*` and `one_*` tables.
#pragma once

#include "screen/kernel/descent.hpp"
#include "screen/kernel/engine.hpp"

namespace ncverify::screen::NCVERIFY_LANES {

/// Lets an arena and a feed meet.
template <typename R>
class LaneFeed {
  public:
    using S = typename R::scalar;
    LaneFeed(const Arena<R>& arena, Feed<S>& feed) : arena_(arena), feed_(feed) {}
    bool next(int lane) { return feed_.next(lane, view(lane), revivable_[lane]); }
    std::uint32_t revivable(int lane) const { return revivable_[lane]; }
    void done(int lane, const Summary& summary) { feed_.done(lane, view(lane), summary); }

  private:
    LaneView<S> view(int lane) const {
        const auto at = [&](R* numbers) { return reinterpret_cast<S*>(numbers) + lane; };
        return {arena_.classes,    arena_.dimension,        arena_.padded,           arena_.entries(),
                R::width,          at(arena_.point),        at(arena_.inverse_root), at(arena_.gamma),
                at(arena_.weight), at(arena_.inverse_scale)};
    }
    const Arena<R>& arena_;
    Feed<S>& feed_;
    std::uint32_t revivable_[R::width]{};
};

template <typename R>
std::size_t bytes(Shape shape) {
    return static_cast<std::size_t>(Arena<R>::size(shape.classes, shape.dimension)) * sizeof(R);
}

template <typename R>
void run(Shape shape, Feed<typename R::scalar>& feed, void* storage) {
    const Arena<R> arena(shape.classes, shape.dimension, static_cast<R*>(storage));
    LaneFeed<R> lanes(arena, feed);
    Descent<R>(arena).run(lanes);
}

template <typename R>
void evaluate_often(Shape shape, void* storage, int times) {
    const Arena<R> arena(shape.classes, shape.dimension, static_cast<R*>(storage));
    for (int j = 0; j < 2 * arena.entries(); ++j) {
        arena.point[j] = R::all(typename R::scalar(0.01) * static_cast<typename R::scalar>(1 + j % 7));
    }
    for (int k = 0; k < shape.classes; ++k) {
        arena.inverse_root[k] = arena.gamma[k] = arena.weight[k] = R::all(1);
    }
    for (int time = 0; time < times; ++time) {
        const Found<R> found = evaluate(arena, R::all(1));
        asm volatile("" ::"m"(found) : "memory");  // all of it is wanted
    }
}

template <typename R>
Engine<typename R::scalar> engine(const char* name) {
    return {name, R::width, bytes<R>, run<R>, evaluate_often<R>};
}

}  // namespace ncverify::screen::NCVERIFY_LANES
