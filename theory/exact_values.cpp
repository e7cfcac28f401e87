#include "theory/exact_values.hpp"

#include <map>
#include <vector>

#include "theory/closed_form.hpp"
#include "theory/margin_relations.hpp"

namespace ncverify::theory {

namespace {

/// The coefficient of sqrt(n_g) log y_g in a linear form, by n_g and the omega_g^2 n_g that y_g is made of,
/// for every class above the threshold.
using LinearForm = std::map<std::pair<long long, Rational>, Integer>;

/// S = sum_m a_m, then `times` a_k added for each class named.
LinearForm weight_form(const Configuration& configuration,
                       const std::vector<std::pair<long, Integer>>& added) {
    const Rational limit = threshold(configuration);
    LinearForm form;
    const auto add = [&](std::size_t k, const Integer& times) {
        const Rational weighted = weighted_count(configuration, k);
        if (weighted > limit) {
            form[{configuration.counts[k], weighted}] += times;
        }
    };
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        add(k, 1);
    }
    for (const auto& [k, times] : added) {
        add(static_cast<std::size_t>(k), times);
    }
    return form;
}

/// One sum for each square class of counts, divided by the square root of the class's first count; and where
/// the weights put the y_g of one class into different fields, one for each field. All of these vanish only
/// if the form does; without weights, exactly if.
std::vector<MarginSum> by_square_class(const Configuration& configuration, const LinearForm& form) {
    std::vector<MarginSum> sums;
    std::vector<long long> first;  // count of each sum
    for (const auto& [place, m] : form) {
        const auto& [count, weighted] = place;
        bool placed = false;
        for (std::size_t s = 0; s < sums.size() && !placed; ++s) {
            const auto root = rational_root(Rational(count, first[s]));
            if (root && rational_root(weighted / sums[s].weights.begin()->first)) {
                sums[s].weights[weighted] += m * *root;
                placed = true;
            }
        }
        if (!placed) {
            sums.push_back({configuration.classes(), configuration.c_squared(), {{weighted, Rational(m)}}});
            first.push_back(count);
        }
    }
    return sums;
}

}  // namespace

bool classifiers_orthogonal(const Configuration& configuration, long k, long j) {
    const Integer K(configuration.classes());
    for (const MarginSum& sum :
         by_square_class(configuration, weight_form(configuration, {{k, -K}, {j, -K}}))) {
        if (!vanishes(sum)) {
            return false;
        }
    }
    return true;
}

std::optional<Rational> rational_cosine(const Configuration& configuration, long k, long j) {
    const Integer K(configuration.classes());
    const auto sums = [&](const std::vector<std::pair<long, Integer>>& added) {
        return by_square_class(configuration, weight_form(configuration, added));
    };
    const std::vector<MarginSum> inner = sums({{k, -K}, {j, -K}});
    if (inner.size() != 1) {
        return std::nullopt;
    }
    // w_k . w_j, ||w_k||^2 and ||w_j||^2 up to the same factor, and what they are to ||w_k||^2.
    const MarginSum first = sums({{k, K * (K - 2)}}).front(), second = sums({{j, K * (K - 2)}}).front();
    const auto product = quotient(inner.front(), first), norm = quotient(second, first);
    if (!product || !norm) {
        return std::nullopt;
    }
    const auto cosine = rational_root(*product * *product / *norm);
    return cosine && *product < 0 ? Rational(-*cosine) : cosine;
}

}  // namespace ncverify::theory
