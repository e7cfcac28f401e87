// Sample: case number i of a seed, one random instance of problem (4), from whole numbers alone.
#pragma once

#include <cmath>
#include <cstdint>

#include "screen/kernel/philox.hpp"

namespace ncverify::screen {

inline constexpr int largest_classes = 32;
inline constexpr int largest_dimension = 64;

/// K and d.
struct Shape {
    int classes;
    int dimension;
};

/// A weight decay, or a class weight, as a fraction.
struct Fraction {
    std::int64_t numerator;
    std::int64_t denominator;
};

/// One instance of problem (4), exactly: counts, class weights, lambda_W and lambda_H are whole numbers and
/// fractions of them, so that it can be solved again at any precision.
struct Sample {
    std::uint64_t number;
    Shape shape;
    std::int64_t counts[largest_classes];  ///< n_k; K of them
    Fraction lambda_w;
    Fraction lambda_h;
    bool weighted;                      ///< else all omega_k are 1
    Fraction weights[largest_classes];  ///< omega_k, where there are any

    /// omega_k to a unit in the last place of a double.
    NCVERIFY_DEVICE double weight(int k) const {
        return weighted
                   ? static_cast<double>(weights[k].numerator) / static_cast<double>(weights[k].denominator)
                   : 1;
    }
    /// omega_k^2 n_k, which is compared with the threshold.
    NCVERIFY_DEVICE double strength(int k) const {
        return static_cast<double>(counts[k]) * weight(k) * weight(k);
    }
    /// N.
    NCVERIFY_DEVICE double total() const {
        double sum = 0;
        for (int m = 0; m < shape.classes; ++m) {
            sum += static_cast<double>(counts[m]);
        }
        return sum;
    }
};

/// K and d of case `number`: from a table in which larger shapes are rarer, as they cost more.
NCVERIFY_DEVICE Shape random_shape(std::uint64_t seed, std::uint64_t number);

/// Case `number` of a seed. Counts of 1 to 2^14 - 1: balanced, two groups, several groups, long tails or all
/// distinct; none, some or all classes collapsed, or one exactly at its threshold; s_k = gamma_k
/// sqrt((K-1)/K) up to 2^8 for the smallest class (a class can gain by leaving zero where s_k > 1);
/// lambda_W from 10^-8 to 10^-2. `weighted`: the same counts with class weights, drawn from a stream of their
/// own: for each class alone (from 1/8 to 8), inversely proportional to the counts, or for one class. Only
/// whole numbers, and doubles divided, multiplied and compared: the same bits on every device.
NCVERIFY_DEVICE Sample random_sample(std::uint64_t seed, std::uint64_t number, Shape shape,
                                     bool weighted = false);

// The definitions stand here because a GPU needs them inline.

NCVERIFY_DEVICE inline Shape random_shape(std::uint64_t seed, std::uint64_t number) {
    constexpr int small = 12, all = 20;
    constexpr std::int8_t table[all][2] = {
        {2, 2}, {2, 3},  {3, 3},   {3, 7},   {4, 4},   {4, 6},   {5, 5},   {6, 6},   {6, 13},  {7, 7},
        {8, 8}, {8, 12}, {10, 10}, {10, 20}, {12, 12}, {12, 16}, {16, 16}, {16, 32}, {24, 24}, {32, 64}};
    CaseRandom random(seed, number, 0);
    // Seven eighths are small; of the others, each shape is half as frequent as the one before it.
    int place = random.below(small);
    if (random.below(8) == 0) {
        place = small;
        for (std::uint32_t coins = random.next(); place < all - 1 && (coins & 1U) == 0; coins >>= 1) {
            ++place;
        }
    }
    return {table[place][0], table[place][1]};
}

namespace detail {

// Log-uniform by octaves: 2^b to 2^(b+1) - 1, b = 0..octaves.
NCVERIFY_DEVICE inline std::int64_t magnitude(CaseRandom& random, int octaves) {
    const std::int64_t least = std::int64_t{1} << random.below(octaves + 1);
    return least + static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(least));
}

NCVERIFY_DEVICE inline void draw_counts(CaseRandom& random, Sample& sample) {
    const int classes = sample.shape.classes, octaves = random.below(14), pattern = random.below(5);
    const int groups = pattern == 1 || classes < 4 ? 2 : 2 + random.below(classes / 2 - 1);
    std::int64_t levels[largest_classes];
    for (int g = 0; g < groups; ++g) {
        levels[g] = magnitude(random, octaves);
    }
    for (int k = 0; k < classes; ++k) {
        std::int64_t count = 0;
        switch (pattern) {
            case 0:  // balanced
                count = levels[0];
                break;
            case 1:  // two groups
            case 2:  // several
                count = levels[k % groups];
                break;
            case 3:  // a long tail
                count = std::int64_t{1} << (octaves * (classes - 1 - k) / (classes - 1));
                break;
            default:  // all distinct, mostly
                count = magnitude(random, octaves);
        }
        sample.counts[k] = count;
    }
}

// `value` rounded to four significant decimal digits.
NCVERIFY_DEVICE inline Fraction four_digits(double value) {
    Fraction fraction{0, 1};
    while (value < 1000 && fraction.denominator < 1'000'000'000'000'000'000) {
        value *= 10;
        fraction.denominator *= 10;
    }
    fraction.numerator = static_cast<std::int64_t>(value);
    fraction.numerator += fraction.numerator == 0 ? 1 : 0;
    return fraction;
}

NCVERIFY_DEVICE inline void draw_weights(CaseRandom& random, Sample& sample) {
    const std::int64_t classes = sample.shape.classes;
    std::int64_t total = 0;
    for (int k = 0; k < sample.shape.classes; ++k) {
        total += sample.counts[k];
        sample.weights[k] = {1, 1};
    }
    const int pattern = random.below(4);
    const auto drawn = [&random] {
        const std::int64_t numerator = 1 + random.below(8);
        return Fraction{numerator, std::int64_t{1} + random.below(8)};
    };
    if (pattern == 0) {  // one class apart
        sample.weights[random.below(sample.shape.classes)] = drawn();
    }
    bool all_one = true;
    for (int k = 0; k < sample.shape.classes; ++k) {
        if (pattern == 1) {  // inversely proportional to the counts
            sample.weights[k] = {total, classes * sample.counts[k]};
        } else if (pattern > 1) {
            sample.weights[k] = drawn();
        }
        all_one = all_one && sample.weights[k].numerator == sample.weights[k].denominator;
    }
    if (all_one) {
        sample.weights[0] = {2, 1};
    }
}

NCVERIFY_DEVICE inline void draw_decays(CaseRandom& random, Sample& sample) {
    std::int64_t total = 0;
    double smallest = sample.strength(0), largest = smallest;
    const std::int64_t classes = sample.shape.classes;
    for (int k = 0; k < sample.shape.classes; ++k) {
        const double strength = sample.strength(k);
        total += sample.counts[k];
        smallest = strength < smallest ? strength : smallest;
        largest = strength > largest ? strength : largest;
    }
    const int some = random.below(sample.shape.classes);
    const int pattern = random.below(256);
    if (pattern == 0) {  // T = N^2 K/(K-1) lambda_W lambda_H is one of omega_k^2 n_k, exactly
        const Fraction weight = sample.weighted ? sample.weights[some] : Fraction{1, 1};
        sample.lambda_w = {1, total};
        sample.lambda_h = {weight.numerator * weight.numerator * sample.counts[some] * (classes - 1),
                           weight.denominator * weight.denominator * total * classes};
        return;
    }
    // s^2 = omega^2 n (K-1) / (K N^2 lambda_W lambda_H) of the class for which it is smallest, of some class,
    // or of that for which it is largest.
    double reference = smallest;
    double squared = static_cast<double>(magnitude(random, 15)) + static_cast<double>(random.uniform());
    if (pattern < 16) {
        reference = largest;
        squared = 0.25 + 0.75 * static_cast<double>(random.uniform());
    } else if (pattern < 96) {
        reference = sample.strength(some);
        squared = static_cast<double>(magnitude(random, 5)) + static_cast<double>(random.uniform());
    }
    const auto samples = static_cast<double>(total);
    const auto number = static_cast<double>(classes);
    const double product = reference * (number - 1) / (number * samples * samples * squared);
    sample.lambda_w = {1000 + random.below(9000), 100'000};
    for (int shift = random.below(7); shift > 0; --shift) {
        sample.lambda_w.denominator *= 10;
    }
    sample.lambda_h = four_digits(product * static_cast<double>(sample.lambda_w.denominator) /
                                  static_cast<double>(sample.lambda_w.numerator));
}

}  // namespace detail

NCVERIFY_DEVICE inline Sample random_sample(std::uint64_t seed, std::uint64_t number, Shape shape,
                                            bool weighted) {
    CaseRandom random(seed, number, 1);
    Sample sample{};
    sample.number = number;
    sample.shape = shape;
    sample.weighted = weighted;
    detail::draw_counts(random, sample);
    if (weighted) {
        CaseRandom weights(seed, number, 3);
        detail::draw_weights(weights, sample);
    }
    detail::draw_decays(random, sample);
    return sample;
}

}  // namespace ncverify::screen
