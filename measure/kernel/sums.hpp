// Sums over many numbers: what features look like, and what a sample's logits add up to.
#pragma once

#include "measure/kernel/engine.hpp"
#include "measure/kernel/lanes.hpp"

namespace ncverify::measure::kernel::NCVERIFY_LANES {

template <typename Number>
Range range(const Number* values, long count, double limit) {
    Eight smallest = all(static_cast<double>(values[0])), largest = smallest;
    EightWhole zeros{}, negatives{}, unusable{};
    // A number that is no number fails every comparison, so that it never becomes smallest or largest.
    const auto look = [&](Eight value, EightWhole present) {
        const Eight size = value < 0 ? -value : value;
        smallest = value < smallest ? value : smallest;
        largest = value > largest ? value : largest;
        zeros -= (value == 0) & present;
        negatives -= (value < 0) & present;
        unusable -= ~(size <= limit) & present;
    };
    const EightWhole every = ~EightWhole{}, places = {0, 1, 2, 3, 4, 5, 6, 7};
    long i = 0;
    for (; i + 8 <= count; i += 8) {
        look(load(values + i), every);
    }
    if (i < count) {
        look(load_some(values + i, count - i, static_cast<double>(values[0])), places < (count - i));
    }
    Range result{smallest[0], largest[0], 0, 0, 0};
    for (int lane = 0; lane < 8; ++lane) {
        result.smallest = smallest[lane] < result.smallest ? smallest[lane] : result.smallest;
        result.largest = largest[lane] > result.largest ? largest[lane] : result.largest;
        result.zeros += zeros[lane];
        result.negatives += negatives[lane];
        result.unusable += unusable[lane];
    }
    result.smallest += 0.0;  // never -0, of which it would hang on the order that one comes first
    result.largest += 0.0;
    return result;
}

template <typename Number>
double accumulate(const Number* row, const Number* shift, long depth, double* sums) {
    Eight total{};
    long i = 0;
    for (; i + 8 <= depth; i += 8) {
        const Eight value = load(row + i);
        const Eight grown = load(sums + i) + (value - load(shift + i));
        std::memcpy(sums + i, &grown, sizeof grown);
        total = fma(value, value, total);
    }
    const Eight rest = load_some(row + i, depth - i, 0);
    for (; i < depth; ++i) {
        sums[i] += static_cast<double>(row[i]) - static_cast<double>(shift[i]);
    }
    return sum(fma(rest, rest, total));
}

// Calls each(z, others) for eight logits at a time; `others` is false for the sample's own class and beyond
// the end.
template <typename Each>
inline void for_each_eight(const double* logits, long classes, long label, Each each) {
    EightWhole place = {0, 1, 2, 3, 4, 5, 6, 7};
    long m = 0;
    for (; m + 8 <= classes; m += 8, place += 8) {
        each(load(logits + m), place != label);
    }
    if (m < classes) {
        each(load_some(logits + m, classes - m, 0), (place != label) & (place < classes));
    }
}

inline OtherLogits others(const double* logits, long classes, long label) {
    Eight total{}, largest = all(-__builtin_huge_val());
    for_each_eight(logits, classes, label, [&](Eight z, EightWhole other) {
        total += other ? z : Eight{};
        largest = (other & (z > largest)) ? z : largest;
    });
    OtherLogits result{sum(total), largest[0]};
    for (int lane = 1; lane < 8; ++lane) {
        result.largest = largest[lane] > result.largest ? largest[lane] : result.largest;
    }
    return result;
}

// e^t = scale (1 + rest + above), rest = t - n log 2 in [-0.35, 0.35], above = e^rest - 1 - rest >= 0.
struct Exponential {
    Eight scale, rest, above;
};

// Of t in [-700, 700]. `above` is rest^2 times the Taylor polynomial of degree 12, which leaves out 2e-18 of
// it.
inline Exponential exponential(Eight t) {
    constexpr double shift = 0x1.8p52;  // added, it leaves a whole number in the last bits
    const Eight shifted = t * 0x1.71547652b82fep0 + shift;
    const Eight n = shifted - shift;
    // log 2 in two parts, of which the first has so few digits that n times it is exact
    const Eight rest = fma(n, all(-0x1.abc9e3b39803fp-56), fma(n, all(-0x1.62e42fefa39efp-1), t));
    EightBits bits;
    std::memcpy(&bits, &shifted, sizeof bits);
    bits = (bits << 52) + (std::uint64_t{1023} << 52);
    Exponential result;
    std::memcpy(&result.scale, &bits, sizeof bits);
    double factorial = 87178291200.0;  // 14!
    Eight polynomial = all(1 / factorial);
#pragma GCC unroll 16
    for (int k = 14; k > 2; --k) {
        factorial /= k;
        polynomial = fma(polynomial, rest, all(1 / factorial));
    }
    result.rest = rest;
    result.above = rest * rest * polynomial;
    return result;
}

constexpr double lowest_power = -700;

inline double above_tangent(const double* logits, long classes, long label, double shift) {
    Eight total{};
    for_each_eight(logits, classes, label, [&](Eight z, EightWhole other) {
        const Eight t = z - shift;
        const Exponential e = exponential(t < lowest_power ? all(lowest_power) : t);
        const Eight far = ((e.scale - 1) - t) + e.scale * (e.rest + e.above);
        const Eight above = e.scale == 1 ? e.above : far;
        total += other ? above : Eight{};
    });
    return sum(total);
}

inline double exponentials(const double* logits, long classes, long label, double shift) {
    Eight total{};
    for_each_eight(logits, classes, label, [&](Eight z, EightWhole other) {
        const Eight t = z - shift;
        const Exponential e = exponential(t < lowest_power ? all(lowest_power) : t);
        const Eight power = e.scale + e.scale * (e.rest + e.above);
        total += (other & (t >= lowest_power)) ? power : Eight{};
    });
    return sum(total);
}

inline double shares(const double* logits, long classes, double shift, double* powers) {
    Eight total{};
    const auto power_of = [&](Eight z) {
        const Eight t = z - shift;
        const Exponential e = exponential(t < lowest_power ? all(lowest_power) : t);
        return t >= lowest_power ? e.scale + e.scale * (e.rest + e.above) : Eight{};
    };
    long m = 0;
    for (; m + 8 <= classes; m += 8) {
        const Eight power = power_of(load(logits + m));
        std::memcpy(powers + m, &power, sizeof power);
        total += power;
    }
    if (m < classes) {
        const Eight power = power_of(load_some(logits + m, classes - m, -__builtin_huge_val()));
        std::memcpy(powers + m, &power, sizeof(double) * static_cast<unsigned long>(classes - m));
        total += power;
    }
    return sum(total);
}

inline double squares(const double* values, long count) {
    Eight total{};
    long i = 0;
    for (; i + 8 <= count; i += 8) {
        const Eight value = load(values + i);
        total = fma(value, value, total);
    }
    if (i < count) {
        const Eight value = load_some(values + i, count - i, 0);
        total = fma(value, value, total);
    }
    return sum(total);
}

}  // namespace ncverify::measure::kernel::NCVERIFY_LANES
