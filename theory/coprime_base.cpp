#include "theory/coprime_base.hpp"

#include <algorithm>

namespace ncverify::theory {

std::vector<Integer> coprime_base(const std::vector<Integer>& numbers) {
    std::vector<Integer> base, pending = numbers;
    while (!pending.empty()) {
        const Integer number = pending.back();
        pending.pop_back();
        if (number == 1) {
            continue;
        }
        Integer common = 1;
        const auto atom = std::find_if(base.begin(), base.end(), [&](const Integer& candidate) {
            common = gcd(candidate, number);
            return common != 1;
        });
        if (atom == base.end()) {
            base.push_back(number);
        } else if (*atom != number) {
            // What the two are made of, their product divided by what they share: this ends.
            const Integer rest = *atom / common;
            base.erase(atom);
            pending.insert(pending.end(), {Integer(number / common), rest, common});
        }
    }
    return base;
}

long multiplicity(const Integer& value, const Integer& atom) {
    Integer rest;
    return static_cast<long>(
        mpz_remove(rest.backend().data(), value.backend().data(), atom.backend().data()));
}

std::vector<Integer> parts(const PowerProduct& product) {
    std::vector<Integer> result;
    for (const auto& [value, exponent] : product) {
        result.insert(result.end(), {numerator(value), denominator(value)});
    }
    return result;
}

std::vector<Rational> exponents(const PowerProduct& product, const std::vector<Integer>& base) {
    std::vector<Rational> result;
    for (const Integer& atom : base) {
        Rational sum = 0;
        for (const auto& [value, exponent] : product) {
            sum += exponent * (multiplicity(numerator(value), atom) - multiplicity(denominator(value), atom));
        }
        result.push_back(sum);
    }
    return result;
}

}  // namespace ncverify::theory
