#include "properties/neighbours.hpp"

#include <algorithm>

#include "theory/closed_form.hpp"

namespace ncverify::properties {

namespace {

constexpr long most_classes = 32;

Rational random_factor(Random& random) {
    const Rational factors[] = {Rational(10), Rational(2), Rational(5, 4), Rational(101, 100)};
    const Rational factor = factors[random.next() % 4];
    return random.next() % 2 == 0 ? factor : Rational(1 / factor);
}

long long scaled(long long count, const Rational& factor) {
    const Rational product = factor * count;
    const Integer whole = numerator(product) / denominator(product);
    return whole < 1 ? 1 : whole > Integer(largest_count) ? largest_count : static_cast<long long>(whole);
}

}  // namespace

Configuration random_neighbour(const Configuration& configuration, Random& random) {
    std::vector<long long> counts = configuration.counts;
    Rational lambda_w = configuration.lambda_w, lambda_h = configuration.lambda_h;
    long long dimension = configuration.dimension;
    const std::size_t k = random.next() % counts.size(), j = random.next() % counts.size();
    switch (random.next() % 8) {
        case 0:
            counts[k] = scaled(counts[k], random_factor(random));
            break;
        case 1:
            counts[k] = std::clamp(counts[k] + (random.next() % 2 == 0 ? 1 : -1), 1LL, largest_count);
            break;
        case 2:
            counts[k] = counts[j];
            break;
        case 3:  // to the threshold, which moves with it: close by, not exactly
            counts[k] = scaled(1, theory::threshold(configuration) + static_cast<long>(random.next() % 2));
            break;
        case 4:
            if (static_cast<long>(counts.size()) < most_classes) {
                counts.push_back(counts[k]);
                dimension = std::max(dimension, static_cast<long long>(counts.size()));
            }
            break;
        case 5:
            if (counts.size() > 2) {
                counts.erase(counts.begin() + static_cast<std::ptrdiff_t>(k));
            }
            break;
        case 6:
            lambda_h *= random_factor(random);
            break;
        default:
            lambda_w *= random_factor(random);
    }
    const Rational largest = parse_rational("1e9999", "neighbour"), smallest = 1 / largest;
    lambda_w = std::clamp(lambda_w, smallest, largest);
    lambda_h = std::clamp(lambda_h, smallest, largest);
    const Configuration made =
        make_configuration(counts, to_string(lambda_w), to_string(lambda_h), dimension);
    if (!configuration.weighted()) {
        return made;
    }
    // Weights as they are, one of them changed now and then; a class that is gone takes its own with it.
    std::vector<ClassWeight> weights = configuration.weights;
    if (counts.size() < weights.size()) {
        weights.erase(weights.begin() + static_cast<std::ptrdiff_t>(k));
    } else if (counts.size() > weights.size()) {
        weights.push_back(weights[k]);
    }
    ClassWeight& changed = weights[random.next() % weights.size()];
    if (random.next() % 3 == 0) {
        changed = weight_of_square(changed.squared * random_factor(random));
    }
    return with_weights(made, weights);
}

}  // namespace ncverify::properties
