// Beyond the paper: the local minima that a descent ends in, and their values.
#include <algorithm>

#include "properties/claims/domains.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "properties/still_values.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

// L(D): the closed form's loss class by class, log K for the dead.
Enclosure claimed_value(const Case& subject, const std::vector<long>& dead) {
    const Configuration& configuration = subject.configuration();
    const Enclosure others(configuration.classes() - 1);
    Enclosure loss(0);
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const Enclosure share =
            from_rational<Enclosure>(Rational(Integer(configuration.counts[k]), configuration.samples()));
        if (std::find(dead.begin(), dead.end(), static_cast<long>(k)) != dead.end()) {
            loss += share * log(Enclosure(configuration.classes()));
            continue;
        }
        const theory::ClassForm& form = subject.closed_form().classes[k];
        loss += share * log1p(others * exp(-form.margin)) +
                from_rational<Enclosure>(configuration.lambda_h * configuration.counts[k]) *
                    form.feature_norm_squared;
    }
    return loss;
}

std::string name_of(const std::vector<long>& dead) {
    std::string name = "loss of the local minimum whose dead classes are {";
    for (const long k : dead) {
        name += (name.back() == '{' ? "" : ",") + std::to_string(k + 1);
    }
    return name + "}";
}

// The least loss of all points with this dead set, against L(D).
void check_disjoint(const Case& subject, const StillPoint& still, Comparison& comparison) {
    const std::optional<Enclosure> value = proven_value(still);
    if (!value) {
        comparison.undecided("the local minimum");
        return;
    }
    const Enclosure claimed = claimed_value(subject, still.active.dead);
    comparison.equal(name_of(still.active.dead), *value, claimed, claimed);
}

// Coordinates that serve several classes: the checker proves that a local minimum is near, and its value.
// Where it cannot (a saddle on which the descent was slow, say) nothing is known of a local minimum.
void check_shared(const Case& subject, const StillPoint& still, Comparison& comparison) {
    if (!still.minimum.proven) {
        return;
    }
    const FeasiblePoint& exact = still.exact;
    std::vector<long> dead;
    for (long k = 0; k < exact.features.cols(); ++k) {
        const auto column = exact.features.col(k);
        if (still.configuration.weighted_count(static_cast<std::size_t>(k)) >
                still.configuration.threshold() &&
            std::all_of(column.begin(), column.end(), is_exact_zero)) {
            dead.push_back(k);
        }
    }
    const Enclosure claimed = claimed_value(subject, dead);
    comparison.equal(name_of(dead), still.minimum.value, claimed, claimed);
    constexpr long shown = 10;
    for (Eigen::Index k = 0; k < exact.features.cols(); ++k) {
        std::string text;
        for (Eigen::Index i = 0; i < exact.features.rows(); ++i) {
            text += (i > 0 ? ", " : "") + exact.features(i, k).text(shown);
        }
        comparison.show("h_" + std::to_string(k + 1), text);
    }
}

template <bool Disjoint>
Observation landscape(const Case& subject) {
    if (split_seed(subject.key.seed, 0xd0) % 2 != 0) {
        return {};
    }
    const StillPoint& still = subject.still_point();
    Comparison comparison(subject, "proven");
    if (!still.active.shared) {
        check_disjoint(subject, still, comparison);
    } else if (!Disjoint) {
        check_shared(subject, still, comparison);
    }
    return comparison.observation();
}

}  // namespace

std::vector<Claim> beyond_landscape_claims() {
    const char* value =
        R"(L(\mathcal D) = \sum_{k\notin \mathcal D}\left[\tfrac{n_k}{N}\varphi(M_k) + \lambda_H n_k\|h_k\|^2\right] + \sum_{k\in \mathcal D}\tfrac{n_k}{N}\log K \text{ at every local minimum, } \mathcal D = \{k : h_k = 0 < M_k\})";
    const std::string found =
        "local minima are where a descent from a random point stands still, in every second case, of up to eight "
        "the first that does so above the minimum";
    const auto demands = without(whole_domain(), {two_classes(), near_threshold()});
    return {
        {
            .id = "beyond.landscape",
            .source = "ours",
            .statement = value,
            .domain = enough_coordinates,
            .kind = Kind::extension,
            .check = landscape<false>,
            .reading = found + "; where coordinates serve several classes, only if the checker proves that "
                               "a local minimum is near (K d <= 64)",
            .demands = demands,
        },
        {
            .id = "beyond.landscape.corrected",
            .source = "ours",
            .statement = value,
            .domain = "local minima in which each coordinate serves at most one class; "
                      "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K",
            .kind = Kind::extension,
            .check = landscape<true>,
            .reading = found +
                       "; each is refined with its own dead set, the global minimum having none. "
                       "Others exist from K = 4 on: classes of equal count that share coordinates, "
                       "none of them dead, at a loss that is no L(D); of all of them landscape.blocks speaks",
            .demands = demands,
        },
    };
}

}  // namespace ncverify::properties
