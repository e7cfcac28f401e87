#include "theory/exact_values.hpp"

#include <map>
#include <vector>

#include "theory/closed_form.hpp"

namespace ncverify::theory {

namespace {

constexpr double largest_power_bits = 1e7;

/// The coefficient of each alive count's sqrt(n_g) log y_g in a linear form.
using LinearForm = std::map<long long, Integer>;

/// S = sum_m a_m, then `times` a_k added for each class named.
LinearForm weight_form(const Configuration& configuration,
                       const std::vector<std::pair<long, Integer>>& added) {
    const Rational limit = threshold(configuration);
    LinearForm form;
    for (const long long count : configuration.counts) {
        if (count > limit) {
            form[count] += 1;
        }
    }
    for (const auto& [k, times] : added) {
        const long long count = configuration.counts[static_cast<std::size_t>(k)];
        if (count > limit) {
            form[count] += times;
        }
    }
    return form;
}

std::optional<Rational> square_root(const Rational& value) {
    const Integer top = sqrt(numerator(value)), bottom = sqrt(denominator(value));
    if (top * top != numerator(value) || bottom * bottom != denominator(value)) {
        return std::nullopt;
    }
    return Rational(top, bottom);
}

/// a + b theta with theta^2 = t.
struct Quadratic {
    Rational a, b;
};

Quadratic product(const Quadratic& x, const Quadratic& y, const Rational& t) {
    return {x.a * y.a + x.b * y.b * t, x.a * y.b + x.b * y.a};
}

Quadratic power(Quadratic base, Integer exponent, const Rational& t) {
    Quadratic result{1, 0};
    while (exponent > 0) {
        if (bit_test(exponent, 0)) {
            result = product(result, base, t);
        }
        exponent >>= 1;
        if (exponent > 0) {
            base = product(base, base, t);
        }
    }
    return result;
}

double bits(const Rational& value) {
    return static_cast<double>(mpz_sizeinbase(numerator(value).backend().data(), 2) +
                               mpz_sizeinbase(denominator(value).backend().data(), 2));
}

/// One class of counts n_g = rho_g^2 n: whether the product of y_g^(m_g rho_g) is one.
struct SquareClass {
    long long count = 0;                                ///< n
    std::vector<std::pair<Rational, Integer>> members;  ///< rho_g, m_g
};

std::optional<bool> product_is_one(const SquareClass& square_class, const Configuration& configuration) {
    Integer common = 1;
    for (const auto& [rho, m] : square_class.members) {
        common = lcm(common, denominator(rho));
    }
    std::vector<Integer> exponents;
    Integer divisor = 0;
    for (const auto& [rho, m] : square_class.members) {
        exponents.push_back(m * numerator(Rational(rho * common)));
        divisor = gcd(divisor, exponents.back());
    }
    if (divisor == 0) {
        return true;
    }
    Rational t = square_class.count / configuration.c_squared();
    const auto theta = square_root(t);  // rational: then all of the arithmetic happens in the part a
    Quadratic above{1, 0}, below{1, 0};
    double size = 0;
    for (std::size_t g = 0; g < exponents.size(); ++g) {
        const Integer exponent = exponents[g] / divisor;
        const Rational others(configuration.classes() - 1), slope = others * square_class.members[g].first;
        const Quadratic y = theta ? Quadratic{slope * *theta - others, 0} : Quadratic{-others, slope};
        size += abs(exponent).convert_to<double>() * (bits(y.a) + bits(y.b) + bits(t));
        if (size > largest_power_bits) {
            return std::nullopt;
        }
        Quadratic& side = exponent > 0 ? above : below;
        side = product(side, power(y, abs(exponent), t), t);
    }
    return above.a == below.a && above.b == below.b;
}

}  // namespace

std::optional<bool> classifiers_orthogonal(const Configuration& configuration, long k, long j) {
    const Integer K(configuration.classes());
    std::vector<SquareClass> classes;
    for (const auto& [count, m] : weight_form(configuration, {{k, -K}, {j, -K}})) {
        bool placed = false;
        for (SquareClass& square_class : classes) {
            if (const auto rho = square_root(Rational(count, square_class.count))) {
                square_class.members.emplace_back(*rho, m);
                placed = true;
                break;
            }
        }
        if (!placed) {
            classes.push_back({count, {{Rational(1), m}}});
        }
    }
    for (const SquareClass& square_class : classes) {
        const auto one = product_is_one(square_class, configuration);
        if (!one || !*one) {
            return one;
        }
    }
    return true;
}

std::optional<Rational> rational_cosine(const Configuration& configuration, long k, long j) {
    const Integer K(configuration.classes());
    const LinearForm inner = weight_form(configuration, {{k, -K}, {j, -K}});
    if (inner.size() != 1) {
        return std::nullopt;
    }
    const Integer product = inner.begin()->second;
    const Integer first = weight_form(configuration, {{k, K * (K - 2)}}).begin()->second;
    const Integer second = weight_form(configuration, {{j, K * (K - 2)}}).begin()->second;
    const auto cosine = square_root(Rational(product * product, first * second));
    return cosine && product < 0 ? Rational(-*cosine) : cosine;
}

}  // namespace ncverify::theory
