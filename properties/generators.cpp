#include "properties/generators.hpp"

#include <rapidcheck/Random.h>
#include <rapidcheck/shrinkable/Create.h>

#include <algorithm>
#include <cmath>

#include "problem/random.hpp"
#include "properties/simpler.hpp"

namespace ncverify::properties {

namespace {

long between(Random& random, long low, long high) {
    return low + static_cast<long>(random.next() % static_cast<std::uint64_t>(high - low + 1));
}

// Log-uniform in 1..10^decades, so that every magnitude is met.
long long magnitude(Random& random, double decades) {
    return std::max(1LL, std::llround(std::pow(10.0, random.uniform() * decades)));
}

std::vector<long long> random_counts(Random& random, long classes) {
    const double decades = random.uniform() * 9;
    std::vector<long long> counts(static_cast<std::size_t>(classes));
    const long groups = between(random, 2, std::max(2L, classes / 2));
    std::vector<long long> levels;
    for (long g = 0; g < groups; ++g) {
        levels.push_back(magnitude(random, decades));
    }
    const long pattern = between(random, 0, 4);
    const double ratio = std::pow(10.0, decades / static_cast<double>(classes));
    for (std::size_t k = 0; k < counts.size(); ++k) {
        switch (pattern) {
            case 0:
                counts[k] = levels[0];
                break;  // balanced
            case 1:
                counts[k] = levels[k % 2];
                break;  // two groups
            case 2:
                counts[k] = levels[k % levels.size()];
                break;  // several groups
            case 3:
                counts[k] = std::llround(std::pow(ratio, static_cast<double>(k))) + 1;
                break;  // long tail
            default:
                counts[k] = magnitude(random, decades);  // all distinct, mostly
        }
    }
    return counts;
}

// A threshold T for these counts, or omega_k^2 n_k: which classes collapse.
Rational random_threshold(Random& random, std::vector<Rational> levels) {
    std::sort(levels.begin(), levels.end());
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    const auto thousandths = [&] { return Rational(between(random, 1, 999), 1000); };
    const long pattern = between(random, 0, 9);
    if (pattern <= 2) {  // none: T below the smallest count, by up to twelve orders of magnitude
        Rational threshold = levels.front() * thousandths();
        for (long shift = between(random, 0, 12); shift > 0; --shift) {
            threshold /= 10;
        }
        return threshold;
    }
    if (pattern == 3) {
        return levels.back() * (1 + thousandths());  // all
    }
    const auto place = static_cast<std::size_t>(between(random, 0, static_cast<long>(levels.size()) - 1));
    if (pattern == 4) {
        return levels[place];  // a class exactly at its threshold
    }
    if (pattern == 5) {  // or closer than any double can tell
        Integer far = 1;
        mpz_ui_pow_ui(far.backend().data(), 10, 30);
        return levels[place] * (1 + Rational(Integer(between(random, 0, 1) == 0 ? -1 : 1), far));
    }
    // Some: between two neighbouring levels.
    const auto low = std::min(place, levels.size() >= 2 ? levels.size() - 2 : 0);
    const Rational& high = levels[std::min(low + 1, levels.size() - 1)];
    return levels[low] + (high - levels[low]) * thousandths();
}

// d = K, K + 4, up to 2K, above 2K, and below K.
long random_dimension(Random& random, long classes) {
    switch (between(random, 0, 7)) {
        case 0:
        case 1:
        case 2:
            return classes;
        case 3:
            return classes + 4;
        case 4:
        case 5:
            return between(random, classes, 2 * classes);
        case 6:
            return between(random, 2 * classes + 1, 3 * classes);
        default:
            return between(random, 1, classes - 1);
    }
}

// lambda_W and lambda_H with this threshold.
Configuration with_threshold(Random& random, const std::vector<long long>& counts,
                             const Rational& threshold) {
    const auto classes = static_cast<long>(counts.size());
    Integer total = 0;
    for (const long long count : counts) {
        total += count;
    }
    // T = N^2 K/(K-1) lW lH fixes the product; lW is a power of ten near its root, times one that sets the
    // ratio.
    const Rational product = threshold * Rational(Integer(classes - 1), total * total * classes);
    const double exponent = std::log10(from_rational<double>(product)) / 2 + 12 * (random.uniform() - 0.5);
    const long power = static_cast<long>(std::lround(exponent));
    const std::string lambda_w = std::to_string(between(random, 1, 9)) + "e" + std::to_string(power);
    const Rational lambda_h = product / parse_lambda(lambda_w, "generator");
    return make_configuration(counts, lambda_w, to_string(lambda_h), random_dimension(random, classes));
}

Configuration random_configuration(std::uint64_t seed) {
    Random random(seed);
    const long classes = between(random, 2, 16);
    std::vector<long long> counts = random_counts(random, classes);
    const Rational threshold = random_threshold(random, {counts.begin(), counts.end()});
    return with_threshold(random, counts, threshold);
}

// Weights proportional to 1/n, to 1/sqrt(n), random, or over many orders of magnitude.
std::vector<ClassWeight> random_weights(Random& random, const std::vector<long long>& counts) {
    const Rational scale(between(random, 1, 2000), between(random, 1, 100));
    const long pattern = between(random, 0, 3);
    std::vector<ClassWeight> weights;
    for (const long long count : counts) {
        if (pattern == 0) {
            const Rational weight = scale / count;
            weights.push_back(weight_of_square(weight * weight));
        } else if (pattern == 1) {
            weights.push_back(weight_of_square(scale * scale / count));
        } else {
            const long decades = pattern == 2 ? 1 : 3;
            const Integer power = pow(Integer(10), static_cast<unsigned>(between(random, 0, 2 * decades)));
            const Rational weight = Rational(between(random, 1, 9)) *
                                    Rational(power, pow(Integer(10), static_cast<unsigned>(decades)));
            weights.push_back(weight_of_square(random.next() % 3 == 0 ? weight : Rational(weight * weight)));
        }
    }
    return weights;
}

Configuration random_weighted_configuration(std::uint64_t seed) {
    Random random(split_seed(seed, 0x77));
    const long classes = between(random, 2, random.next() % 8 == 0 ? 30 : 12);
    const std::vector<long long> counts = random_counts(random, classes);
    const std::vector<ClassWeight> weights = random_weights(random, counts);
    std::vector<Rational> levels;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        levels.push_back(weights[k].squared * counts[k]);
    }
    // A class exactly at its threshold is rare otherwise: no two weighted counts need be equal.
    const bool exactly = random.next() % 4 == 0;
    const Rational level = levels[random.next() % levels.size()];
    const Rational threshold = exactly ? level : random_threshold(random, std::move(levels));
    return with_weights(with_threshold(random, counts, threshold), weights);
}

}  // namespace

rc::Gen<Configuration> configurations() {
    return [](const rc::Random& random, int) {
        rc::Random source = random;
        return rc::shrinkable::shrinkRecur(random_configuration(source.next()),
                                           [](const Configuration& configuration) {
                                               return rc::seq::fromContainer(simpler(configuration));
                                           });
    };
}

rc::Shrinkable<Configuration> generate(std::uint64_t seed, std::uint64_t number) {
    // Every fourth has weights: claims about the paper's problem are not about it, those about weights are
    // about all.
    constexpr std::uint64_t weighted_every = 4;
    if (number % weighted_every == weighted_every - 1) {
        return rc::shrinkable::shrinkRecur(random_weighted_configuration(split_seed(seed, number)),
                                           [](const Configuration& configuration) {
                                               return rc::seq::fromContainer(simpler(configuration));
                                           });
    }
    return configurations()(rc::Random(split_seed(seed, number)), 100);
}

}  // namespace ncverify::properties
