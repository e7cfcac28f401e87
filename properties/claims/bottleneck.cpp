// Beyond the paper: fewer coordinates than classes that can use one.
#include <algorithm>
#include <numeric>

#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "properties/few_coordinates.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

Enclosure squares(const Matrix<Enclosure>& matrix) {
    Enclosure sum(0);
    for (const Enclosure& entry : matrix.reshaped()) {
        sum += entry * entry;
    }
    return sum;
}

// ||h_ki - h_k||, the farthest sample's, over all classes, and the longest feature.
struct Spread {
    Enclosure farthest, longest;
};
Spread spread_of(const std::vector<FeatureColumn>& columns, const Matrix<Enclosure>& features,
                 const Matrix<Enclosure>& means) {
    Spread spread{Enclosure(0), Enclosure(0)};
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const auto column = features.col(static_cast<Eigen::Index>(j));
        spread.farthest =
            Enclosure::hull(spread.farthest, squares(column - means.col(columns[j].label)).upper());
        spread.longest = Enclosure::hull(spread.longest, squares(column).upper());
    }
    return {sqrt_of_nonnegative(spread.farthest.upper()), sqrt_of_nonnegative(spread.longest.upper())};
}

const FewCoordinates* few_of(const Case& subject) {
    if (few_classes(subject.configuration()).empty()) {
        return nullptr;
    }
    const FewCoordinates& few = subject.few_coordinates();
    return few.proven ? &few : nullptr;
}

// For given W, L0 is the sum over samples of functions that are lambda_H-strongly convex, and at the class
// means it is lower than at H by at least lambda_H/2 sum ||h_ki - h_k||^2. No loss is below the proven bound:
// at a point of loss L all of that is at most L less the bound.
Observation equal_features(const Case& subject) {
    const FewCoordinates* few = few_of(subject);
    if (few == nullptr) {
        return {};
    }
    Comparison comparison(subject);
    const Configuration& configuration = few->configuration;
    const Enclosure half = from_rational<Enclosure>(configuration.lambda_h / 2);
    const auto bound = [&](const Enclosure& loss) {
        return sqrt_of_nonnegative(((loss - few->lower) / half).upper());
    };
    const auto columns = feature_columns(configuration, Formulation::samples);
    const Enclosure scale = sqrt(from_rational<Enclosure>(configuration.lambda_w / configuration.lambda_h));
    if (few->samples.features.size() > 0) {
        const Spread spread = spread_of(columns, few->samples.features,
                                        class_means(configuration, columns, few->samples.features));
        const Enclosure loss =
            objective(configuration, columns, few->samples.classifier, few->samples.features);
        comparison.below("the proven bound, and the loss in the samples form", few->lower, loss, few->upper);
        comparison.at_most("spread of the solver's features, and the bound at its loss", spread.farthest,
                           bound(loss), spread.longest);
        comparison.close("spread of the solver's features", spread.farthest, Enclosure(0), scale,
                         scale * few->refinement);
    }
    const Enclosure resolved = exp(-Enclosure(subject.key.digits) * log(Enclosure(10)));
    comparison.below("what the gap leaves of the spread, and what is resolved", bound(few->upper),
                     scale * resolved, scale);
    Observation observation = comparison.observation();
    observation.slack.reset();  // the bound's size is the gap's, not the configuration's
    return observation;
}

// The points that claims about all stationary points are tried at.
std::vector<const FeasiblePoint*> stationary(const FewCoordinates& few) {
    std::vector<const FeasiblePoint*> points{&few.minimiser};
    if (few.other.features.size() > 0) {
        points.push_back(&few.other);
    }
    return points;
}

Observation zero_sum(const Case& subject) {
    const FewCoordinates* few = few_of(subject);
    if (few == nullptr) {
        return {};
    }
    subject.approximate();
    Comparison comparison(subject, "at a stationary point");
    for (const FeasiblePoint* point : stationary(*few)) {
        const Enclosure scale =
            sqrt_of_nonnegative(squares(point->classifier)) +
            sqrt(from_rational<Enclosure>(few->configuration.lambda_h / few->configuration.lambda_w));
        for (Eigen::Index i = 0; i < point->classifier.cols(); ++i) {
            comparison.close(
                "sum of the classifiers, " + point->name + ", coordinate " + std::to_string(i + 1),
                point->classifier.col(i).sum(), Enclosure(0), scale, scale * few->refinement);
        }
    }
    return comparison.observation();
}

Observation balanced_decays(const Case& subject) {
    const FewCoordinates* few = few_of(subject);
    if (few == nullptr) {
        return {};
    }
    subject.approximate();
    Comparison comparison(subject, "at a stationary point");
    const Configuration& configuration = few->configuration;
    for (const FeasiblePoint* point : stationary(*few)) {
        Enclosure features(0);
        for (long k = 0; k < configuration.classes(); ++k) {
            features += Enclosure(static_cast<long>(configuration.counts[static_cast<std::size_t>(k)])) *
                        squares(point->features.col(k));
        }
        const Enclosure of_w = from_rational<Enclosure>(configuration.lambda_w) * squares(point->classifier),
                        of_h = from_rational<Enclosure>(configuration.lambda_h) * features;
        // Losses are below log K; the decays are among them.
        comparison.close("lambda_W ||W||^2, " + point->name, of_w, of_h, Enclosure(1), few->refinement);
    }
    return comparison.observation();
}

Observation strictly_above(const Case& subject) {
    const FewCoordinates* few = few_of(subject);
    if (few == nullptr) {
        return {};
    }
    Comparison comparison(subject);
    Configuration enough = few->configuration;
    enough.dimension = enough.classes();
    const Enclosure minimum = subject.theorem(enough).minimum_loss;
    comparison.below("minimum with a coordinate for each class, and with fewer", minimum, few->lower,
                     minimum);
    Observation observation = comparison.observation();
    observation.values.emplace_back("solved", few->configuration.command_line());
    return observation;
}

// (1/N) sum_r n_(r) log r.
Enclosure nested_separation(std::vector<long long> counts) {
    std::sort(counts.rbegin(), counts.rend());
    Enclosure sum(0);
    for (std::size_t r = 0; r < counts.size(); ++r) {
        sum += Enclosure(static_cast<long>(counts[r])) * log(Enclosure(static_cast<long>(r + 1)));
    }
    return sum / Enclosure(static_cast<long>(std::accumulate(counts.begin(), counts.end(), 0LL)));
}

// The minimum rises with the decays, so that any decay's upper bound is one of the limit; the lower bounds
// are the same at every decay.
Observation single_coordinate(const Case& subject) {
    const FewCoordinates* few = few_of(subject);
    if (few == nullptr) {
        return {};
    }
    Comparison comparison(subject, "for vanishing decays");
    const Enclosure claimed = nested_separation(few->configuration.counts);
    std::optional<Enclosure> before;
    for (const DecayBounds& at : few->falling) {
        comparison.within("the claimed limit, and the minimum's bounds", claimed,
                          Enclosure::hull(at.lower, at.upper));
        const Enclosure width = at.upper - at.lower;
        if (before) {
            comparison.below("what the bounds leave open, and at the decay before", width, *before, *before);
        }
        before = width;
    }
    if (few->falling.size() < decay_levels.size()) {
        comparison.undecided("the minimum in one coordinate");
    }
    if (few->configuration.dimension == 1) {
        comparison.below("the claimed limit, and the minimum", claimed, few->upper, few->upper);
    }
    Observation observation = comparison.observation();
    observation.slack.reset();  // how near the bounds come is a matter of the decays chosen above
    return observation;
}

}  // namespace

std::vector<Claim> bottleneck_claims() {
    const std::string domain = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d < #{k : M_k > 0}";
    const std::string tried =
        "tried where the case has two or three classes, or four that come out equal: the same with counts cut "
        "down to 1..8 and decays at which every class could live, one coordinate, for some of three classes "
        "two; where branch and bound proves the minimum to all digits";
    const std::vector<Demand> demands = {{two_classes(), 0.05}, {balanced(), 0.02}, {all_distinct(), 0.05}};
    return {
        {
            .id = "bottleneck.a",
            .source = "ours",
            .statement = R"(h_{k,1} = \dots = h_{k,n_k} \text{ at every global minimiser, whatever } d)",
            .domain = domain + "; every global minimiser",
            .kind = Kind::extension,
            .check = equal_features,
            .any_instance = true,
            .reading = "with d >= K it is Theorem 1's; " + tried,
            .demands = demands,
        },
        {
            .id = "bottleneck.sum",
            .source = "ours",
            .statement = R"(\textstyle\sum_k w_k = 0 \text{ at every stationary point})",
            .domain = domain + "; every stationary point",
            .kind = Kind::extension,
            .check = zero_sum,
            .any_instance = true,
            .reading =
                "at the minimiser and where a descent from a random point stands still, both refined; " +
                tried,
            .demands = demands,
        },
        {
            .id = "bottleneck.balance",
            .source = "ours",
            .statement =
                R"(\lambda_W\|W\|_F^2 = \lambda_H \textstyle\sum_k n_k\|h_k\|^2 \text{ at every stationary point})",
            .domain = domain + "; every stationary point",
            .kind = Kind::extension,
            .check = balanced_decays,
            .any_instance = true,
            .reading =
                "at the minimiser and where a descent from a random point stands still, both refined; " +
                tried,
            .demands = demands,
        },
        {
            .id = "bottleneck.strict",
            .source = "ours",
            .statement =
                R"(d < \#\{k : M_k > 0\}:\ \min L_0 > \min L_0 \text{ with } d \ge \#\{k : M_k > 0\})",
            .domain = domain,
            .kind = Kind::extension,
            .check = strictly_above,
            .any_instance = true,
            .reading = tried,
            .demands = demands,
        },
        {
            .id = "bottleneck.single",
            .source = "ours",
            .statement =
                R"(d = 1,\ \lambda_W\lambda_H \to 0:\ \inf L_0 \to \tfrac1N \textstyle\sum_r n_{(r)} \log r,\ n_{(1)} \ge n_{(2)} \ge \dots)",
            .domain = "every K >= 2, counts >= 1; d = 1",
            .kind = Kind::extension,
            .check = single_coordinate,
            .any_instance = true,
            .reading =
                "the minimum's bounds, both proven, at three decays that fall, close in on the limit: a lower "
                "one that needs no decay, a point in which the classes are separated one after the other; " +
                tried,
            .demands = demands,
        },
    };
}

}  // namespace ncverify::properties
