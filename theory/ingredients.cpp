#include "theory/ingredients.hpp"

#include <map>

namespace ncverify::theory {

namespace {

ClassIngredients of_class(const Configuration& configuration, std::size_t k, const Rational& limit) {
    const long K = configuration.classes();
    const long long count = configuration.counts[k];
    ClassIngredients result;
    result.collapsed = weighted_count(configuration, k) <= limit;
    if (configuration.weighted()) {
        result.weight = weight_value<Enclosure>(configuration.weights[k]);
    }
    result.count = Enclosure(static_cast<long>(count));
    result.root_count = sqrt(result.count);
    result.feature_factor = sqrt(from_rational<Enclosure>(Rational(K - 1, K) * configuration.lambda_w /
                                                          (configuration.lambda_h * count)));
    result.decay = from_rational<Enclosure>(configuration.lambda_h * count);
    result.doubt = Enclosure(K - 1);
    if (!result.collapsed) {
        // omega_k sqrt(n_k)/c - 1 without cancellation close to the threshold needs only more digits,
        // which the caller raises.
        const Enclosure ratio =
            sqrt(from_rational<Enclosure>(weighted_count(configuration, k) / configuration.c_squared()));
        const Enclosure odds = Enclosure(K - 1) * (ratio - Enclosure(1));
        result.margin = log(odds);
        result.doubt /= odds;
    }
    return result;
}

}  // namespace

Rational weighted_count(const Configuration& configuration, std::size_t k) {
    const Rational count(configuration.counts[k]);
    return configuration.weighted() ? Rational(configuration.weights[k].squared * count) : count;
}

Rational threshold(const Configuration& configuration) {
    const Integer total = configuration.samples(), K(configuration.classes());
    return Rational(total * total * K, K - 1) * configuration.lambda_w * configuration.lambda_h;
}

Ingredients ingredients(const Configuration& configuration, Grouping grouping) {
    const Integer K(configuration.classes());
    Ingredients result;
    result.samples = from_integer<Enclosure>(configuration.samples());
    result.classes = from_integer<Enclosure>(K);
    result.own_share = from_rational<Enclosure>(Rational(K - 1, K));
    result.other_share = Enclosure(-1) / result.classes;
    result.classifier_factor =
        sqrt(from_rational<Enclosure>(configuration.lambda_h / (configuration.lambda_w * K * (K - 1))));
    result.threshold = threshold(configuration);
    // Classes of one count and one weight are alike.
    std::map<std::pair<long long, Rational>, std::size_t> place;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const auto [found, fresh] = place.try_emplace(
            {configuration.counts[k], weighted_count(configuration, k)}, result.groups.size());
        if (fresh) {
            result.groups.push_back(of_class(configuration, k, result.threshold));
        } else if (grouping == Grouping::none) {
            const ClassIngredients twin = result.groups[found->second];
            result.groups.push_back(twin);
        } else {
            ++result.groups[found->second].classes;
        }
        result.group.push_back(grouping == Grouping::none ? result.groups.size() - 1 : found->second);
    }
    return result;
}

void set_margin(ClassIngredients& group, const Enclosure& margin, const Enclosure& classes) {
    group.margin = margin;
    group.doubt = (classes - Enclosure(1)) * exp(-margin);
}

}  // namespace ncverify::theory
