#include "theory/margin_relations.hpp"

#include <cmath>
#include <vector>

#include "theory/coprime_base.hpp"

namespace ncverify::theory {

namespace {

/// x = sqrt(n)/c, irrational, as sqrt(u/v) in lowest terms, and y / y' = (sqrt u - sqrt v)/(sqrt u + sqrt v)
/// up to the sign, y' being the conjugate of y; with a whole exponent.
struct ConjugateRatio {
    Rational count;  ///< n
    Integer u, v;    ///< coprime, and the product is no square
    Integer norm;    ///< |u - v|, of sqrt u - sqrt v
    Integer exponent;
};

std::vector<ConjugateRatio> conjugate_ratios(const MarginSum& sum) {
    Integer common = 1;
    for (const auto& [count, weight] : sum.weights) {
        common = lcm(common, denominator(weight));
    }
    std::vector<ConjugateRatio> ratios;
    for (const auto& [count, weight] : sum.weights) {
        if (weight != 0) {
            const Rational square = count / sum.c_squared;
            const Integer u = numerator(square), v = denominator(square);
            ratios.push_back({count, u, v, abs(Integer(u - v)), numerator(Rational(weight * common))});
        }
    }
    return ratios;
}

/// p - q for sqrt(n_g / n_h) = p/q in lowest terms.
Integer root_difference(const ConjugateRatio& g, const ConjugateRatio& h) {
    const Rational root = *rational_root(g.count / h.count);
    return numerator(root) - denominator(root);
}

// An odd prime p below sqrt u_g - sqrt v_g divides u_g - v_g, and as u_g and v_g are coprime it splits: x_g
// is 1 modulo one of the primes above it, which divides sqrt u_g - sqrt v_g as often as p divides u_g - v_g,
// and -1 modulo the other, which does not. Where p divides two norms, sqrt(n_g/n_h) = x_g/x_h is 1 modulo p
// if it is the same prime above p both times, and -1 if it is the other one. (No other prime ideals occur.)
//
// At 2, u and v are odd. Where 8 divides u - v, 2 splits, and 2 - a power of which divides both conjugates
// once - leaves an exponent two smaller; the primes above it are told apart modulo 4. Otherwise there is
// only one prime above 2, of which a number of norm 1 has none.
bool ideal_is_one(const std::vector<ConjugateRatio>& ratios) {
    const auto exponent_at = [&](const auto& times, const auto& same_prime) {
        Integer sum = 0;
        const ConjugateRatio* first = nullptr;
        for (const ConjugateRatio& ratio : ratios) {
            if (const long power = times(ratio); power > 0) {
                first = first == nullptr ? &ratio : first;
                sum += same_prime(root_difference(ratio, *first)) ? Integer(ratio.exponent * power)
                                                                  : Integer(-ratio.exponent * power);
            }
        }
        return sum;
    };
    const auto two = [](const ConjugateRatio& ratio) { return multiplicity(ratio.norm, 2) - 2; };
    if (exponent_at(two, [](const Integer& difference) { return difference % 4 == 0; }) != 0) {
        return false;
    }
    std::vector<Integer> odd;
    for (const ConjugateRatio& ratio : ratios) {
        odd.push_back(ratio.norm >> static_cast<unsigned>(multiplicity(ratio.norm, 2)));
    }
    // With these divisors in the base, either all or none of the primes of an atom divide a difference.
    std::vector<Integer> numbers = odd;
    for (std::size_t g = 0; g < ratios.size(); ++g) {
        for (std::size_t h = 0; h < g; ++h) {
            numbers.push_back(gcd(gcd(odd[g], odd[h]), root_difference(ratios[g], ratios[h])));
        }
    }
    for (const Integer& atom : coprime_base(numbers)) {
        const auto times = [&](const ConjugateRatio& ratio) { return multiplicity(ratio.norm, atom); };
        if (exponent_at(times, [&](const Integer& difference) { return difference % atom == 0; }) != 0) {
            return false;
        }
    }
    return true;
}

// Of a product that is a unit of a real quadratic field: the logarithm of its absolute value is zero or at
// least that of (1 + sqrt 5)/2, 0.4812.., so that some precision tells which.
bool unit_is_one(const std::vector<ConjugateRatio>& ratios) {
    for (long digits = 40;; digits *= 2) {
        const PrecisionScope scope(digits);
        Enclosure logarithm(0);
        for (const ConjugateRatio& ratio : ratios) {
            // |sqrt u - sqrt v| / (sqrt u + sqrt v) = |u - v| / (sqrt u + sqrt v)^2
            const Enclosure sum =
                sqrt(from_integer<Enclosure>(ratio.u)) + sqrt(from_integer<Enclosure>(ratio.v));
            logarithm += from_integer<Enclosure>(ratio.exponent) *
                         (log(from_integer<Enclosure>(ratio.norm)) - Enclosure(2) * log(sum));
        }
        if (!contains_zero(logarithm)) {
            return false;
        }
        if (certainly_less(abs(logarithm), Enclosure(0.48))) {
            return true;
        }
    }
}

/// Whether y, and with it every number of the sum, is rational.
bool is_rational(const MarginSum& sum) {
    return sum.weights.empty() || rational_root(sum.weights.begin()->first / sum.c_squared).has_value();
}

/// The product of the y_g^weight_g where these are rational, the square of its norm over Q otherwise.
PowerProduct norm(const MarginSum& sum) {
    const Rational others(sum.classes - 1);
    PowerProduct product;
    for (const auto& [count, weight] : sum.weights) {
        const Rational square = count / sum.c_squared;
        if (const auto root = rational_root(square)) {
            product.emplace_back(others * abs(Rational(*root - 1)), weight);
        } else {
            product.emplace_back(others * others * abs(Rational(square - 1)), weight);
        }
    }
    return product;
}

bool all_zero(const std::vector<Rational>& values) {
    for (const Rational& value : values) {
        if (value != 0) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::optional<Rational> rational_root(const Rational& value) {
    const Integer top = sqrt(numerator(value)), bottom = sqrt(denominator(value));
    if (top * top != numerator(value) || bottom * bottom != denominator(value)) {
        return std::nullopt;
    }
    return Rational(top, bottom);
}

bool vanishes(const MarginSum& sum) {
    const PowerProduct product = norm(sum);
    if (!all_zero(exponents(product, coprime_base(parts(product))))) {
        return false;
    }
    if (is_rational(sum)) {
        return true;
    }
    // The square of the product is its norm times its quotient by its conjugate.
    const std::vector<ConjugateRatio> ratios = conjugate_ratios(sum);
    return ideal_is_one(ratios) && unit_is_one(ratios);
}

// The norm of a living y exceeds 1, so that the norm of `a` tells the only r that there can be.
std::optional<Rational> quotient(const MarginSum& b, const MarginSum& a) {
    const PowerProduct above = norm(b), below = norm(a);
    std::vector<Integer> numbers = parts(above);
    const std::vector<Integer> more = parts(below);
    numbers.insert(numbers.end(), more.begin(), more.end());
    const std::vector<Integer> base = coprime_base(numbers);
    const std::vector<Rational> dividend = exponents(above, base), divisor = exponents(below, base);
    for (std::size_t i = 0; i < base.size(); ++i) {
        if (divisor[i] != 0) {
            const Rational ratio = dividend[i] / divisor[i];
            MarginSum difference = b;
            for (const auto& [count, weight] : a.weights) {
                difference.weights[count] -= ratio * weight;
            }
            return vanishes(difference) ? std::optional(ratio) : std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace ncverify::theory
