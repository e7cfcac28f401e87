#include "properties/simpler.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace ncverify::properties {

namespace {

using Counts = std::vector<long long>;

// The two numbers of ..., 1/5, 1/2, 1, 2, 5, ... around a positive one, or it alone where it is one of them;
// none close to the ends of the range of lambdas.
std::vector<Rational> simple_numbers(const Rational& value) {
    const auto power_of_ten = [](long exponent) {
        const Integer power = pow(Integer(10), static_cast<unsigned>(std::abs(exponent)));
        return exponent < 0 ? Rational(Integer(1), power) : Rational(power);
    };
    // From the number of digits, which is right to one: exponents of 10000 are beyond a double.
    const auto digits = [](const Integer& whole) { return static_cast<long>(whole.str().size()); };
    const long exponent = digits(numerator(value)) - digits(denominator(value)) - 1;
    constexpr long largest_exponent = 9990;
    if (std::abs(exponent) > largest_exponent) {
        return {};
    }
    Rational below = power_of_ten(exponent);
    for (int step = 0;; ++step) {
        const Rational above = below * (step % 3 == 1 ? Rational(5, 2) : Rational(2));
        if (value == below) {
            return {below};
        }
        if (value < above) {
            return {below, above};
        }
        below = above;
    }
}

Rational threshold_factor(const Counts& counts) {  // T = this times lW lH
    Integer samples = 0;
    for (const long long count : counts) {
        samples += count;
    }
    const auto classes = static_cast<long>(counts.size());
    return Rational(samples * samples * classes, Integer(classes - 1));
}

long long largest(const Counts& counts) {
    return *std::max_element(counts.begin(), counts.end());
}

class Offers {
  public:
    explicit Offers(const Configuration& start) : start_(start), weights_(start.weights) {}

    void add(const Counts& counts, const Rational& lambda_w, const Rational& lambda_h, long long dimension) {
        const std::string w = to_string(lambda_w), h = to_string(lambda_h);
        Configuration candidate = make_configuration(counts, w, h, dimension);
        if (start_.weighted()) {
            candidate = with_weights(candidate, weights_);
        }
        add(candidate);
    }
    void add(const Configuration& candidate) {
        if (candidate < start_) {
            found_.insert(candidate);
        }
    }
    // The weights that the next offers have: some classes may be gone, or in another order.
    void use_weights(std::vector<ClassWeight> weights) { weights_ = std::move(weights); }

    // lambda_W lambda_H close to `product`, one of them simple and the other 1.
    void add_simple(const Counts& counts, const Rational& product, long long dimension) {
        for (const Rational& simple : simple_numbers(product)) {
            add(counts, simple, Rational(1), dimension);
            add(counts, Rational(1), simple, dimension);
        }
    }

    // Other counts: lambdas as they are, or such that T over the largest count stays about what it was.
    void add_counts(const Counts& counts, long long dimension) {
        add(counts, start_.lambda_w, start_.lambda_h, dimension);
        const Rational relative = threshold_factor(start_.counts) / largest(start_.counts);
        add_simple(counts,
                   relative * start_.lambda_w * start_.lambda_h * largest(counts) / threshold_factor(counts),
                   dimension);
    }

    std::vector<Configuration> all() const { return {found_.begin(), found_.end()}; }

  private:
    const Configuration& start_;
    std::vector<ClassWeight> weights_;
    std::set<Configuration> found_;
};

// No weights; one weight 1, or of a simple square; all weights that of the first class.
void add_weights(const Configuration& configuration, Offers& offers) {
    if (!configuration.weighted()) {
        return;
    }
    Configuration candidate = configuration;
    candidate.weights.clear();
    offers.add(candidate);
    const auto offer = [&](std::size_t k, const Rational& squared) {
        std::vector<ClassWeight> weights = configuration.weights;
        weights[k] = weight_of_square(squared);
        offers.add(with_weights(configuration, weights));
    };
    for (std::size_t k = 0; k < configuration.weights.size(); ++k) {
        offer(k, Rational(1));
        offer(k, configuration.weights[0].squared);
        for (const Rational& simple : simple_numbers(configuration.weights[k].squared)) {
            offer(k, simple);
        }
    }
}

}  // namespace

std::vector<Configuration> simpler(const Configuration& configuration) {
    Offers offers(configuration);
    const Counts& counts = configuration.counts;
    const auto classes = static_cast<long long>(counts.size());
    const Rational &lambda_w = configuration.lambda_w, &lambda_h = configuration.lambda_h;
    offers.add(counts, lambda_w, lambda_h, classes);
    Counts sorted = counts;
    std::sort(sorted.begin(), sorted.end());
    if (!configuration.weighted()) {  // weights would have to move along
        offers.add(sorted, lambda_w, lambda_h, configuration.dimension);
    }
    add_weights(configuration, offers);
    // Half of the classes away, a quarter, ..., one: from a thousand classes to two in some ten moves.
    for (std::size_t away = counts.size() - 2; away > 0; away /= 2) {
        for (std::size_t first = 0; first + away <= counts.size(); first += away) {
            Counts fewer = counts;
            const auto begin = fewer.begin() + static_cast<std::ptrdiff_t>(first);
            fewer.erase(begin, begin + static_cast<std::ptrdiff_t>(away));
            const auto left = static_cast<long long>(fewer.size());
            if (configuration.weighted()) {
                std::vector<ClassWeight> kept = configuration.weights;
                const auto start = kept.begin() + static_cast<std::ptrdiff_t>(first);
                kept.erase(start, start + static_cast<std::ptrdiff_t>(away));
                offers.use_weights(std::move(kept));
            }
            offers.add_counts(fewer, std::max(left, configuration.dimension - static_cast<long long>(away)));
        }
    }
    offers.use_weights(configuration.weights);
    for (std::size_t k = 0; k < counts.size(); ++k) {
        for (const long long smaller : {1LL, 2LL, counts[0], counts[k] / 2, counts[k] - 1}) {
            if (smaller >= 1 && smaller < counts[k]) {
                Counts lowered = counts;
                lowered[k] = smaller;
                offers.add_counts(lowered, configuration.dimension);
            }
        }
    }
    offers.add_simple(counts, lambda_w * lambda_h, configuration.dimension);
    for (const Rational& simple : simple_numbers(lambda_w)) {
        offers.add(counts, simple, lambda_h, configuration.dimension);
    }
    for (const Rational& simple : simple_numbers(lambda_h)) {
        offers.add(counts, lambda_w, simple, configuration.dimension);
    }
    // Up the series: 1/50 is simpler than 1/500, whatever is in between.
    for (const Rational& product : {Rational(lambda_w * lambda_h * 2), Rational(lambda_w * lambda_h * 10)}) {
        offers.add_simple(counts, product, configuration.dimension);
    }
    return offers.all();
}

}  // namespace ncverify::properties
