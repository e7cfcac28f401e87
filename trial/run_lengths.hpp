// Run lengths: long sequences in which neighbours are often the same.
#pragma once

#include <algorithm>
#include <vector>

namespace ncverify::trial {

/// A sequence as runs of equal values.
template <typename Value>
class RunLengths {
  public:
    struct Run {
        Value value;
        long end;  ///< of the run: the place after its last one
    };

    /// Appends `value`, `times` times.
    void append(const Value& value, long times = 1) {
        if (times <= 0) {
            return;
        }
        const long end = size() + times;
        if (!runs_.empty() && runs_.back().value == value) {
            runs_.back().end = end;
        } else {
            runs_.push_back({value, end});
        }
    }

    long size() const { return runs_.empty() ? 0 : runs_.back().end; }
    const std::vector<Run>& runs() const { return runs_; }

    /// The value at `place`, which is below the size.
    const Value& at(long place) const {
        return std::upper_bound(runs_.begin(), runs_.end(), place,
                                [](long wanted, const Run& run) { return wanted < run.end; })
            ->value;
    }

    /// The places from `begin` on.
    RunLengths from(long begin) const {
        RunLengths rest;
        for (const Run& run : runs_) {
            rest.append(run.value, run.end - (begin + rest.size()));
        }
        return rest;
    }

    /// Calls `visit(value, begin, end)` for each run.
    template <typename Visit>
    void each(Visit visit) const {
        long begin = 0;
        for (const Run& run : runs_) {
            visit(run.value, begin, run.end);
            begin = run.end;
        }
    }

  private:
    std::vector<Run> runs_;
};

/// Place by place `combine(one, other)`; the shorter one is taken to go on with Value{}.
template <typename One, typename Other, typename Combine>
auto together(const RunLengths<One>& one, const RunLengths<Other>& other, Combine combine) {
    RunLengths<decltype(combine(One{}, Other{}))> result;
    auto a = one.runs().begin();
    auto b = other.runs().begin();
    while (a != one.runs().end() || b != other.runs().end()) {
        const bool first = a != one.runs().end(), second = b != other.runs().end();
        const long end = !first ? b->end : !second ? a->end : std::min(a->end, b->end);
        result.append(combine(first ? a->value : One{}, second ? b->value : Other{}), end - result.size());
        a += first && a->end == end ? 1 : 0;
        b += second && b->end == end ? 1 : 0;
    }
    return result;
}

}  // namespace ncverify::trial
