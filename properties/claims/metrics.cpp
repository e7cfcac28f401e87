// The metrics (19) to (21): zero at every global minimiser, and falling towards zero on the way there.
#include "theory/metrics.hpp"

#include <algorithm>

#include "properties/claims/domains.hpp"
#include "properties/claims/falling_metric.hpp"
#include "properties/claims/groups.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

enum class Metric { nc1, nc2, nc3 };

// A class's samples in two parts where it has two: enough for a spread within the class.
struct Path {
    std::vector<FeatureColumn> columns;
    Matrix<Enclosure> classifier, classifier_step;  // W(t) = classifier + t classifier_step
    Matrix<Enclosure> features, features_step;
};

// From a random feasible point (t = 1) straight to the solver's minimiser (t = 0).
Path random_path(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    Random random = subject.random(0xc1);
    const FeasiblePoint& end = subject.found()->point();
    Path path;
    path.classifier = end.classifier;
    path.classifier_step = end.classifier;
    const Enclosure width = sqrt(classifier_scale(subject));
    for (Eigen::Index i = 0; i < path.classifier.size(); ++i) {
        path.classifier_step(i) = width * Enclosure(2 * random.uniform() - 1) - path.classifier(i);
    }
    for (long k = 0; k < configuration.classes(); ++k) {
        const long long count = configuration.counts[static_cast<std::size_t>(k)];
        path.columns.push_back({k, count - count / 2});
        if (count >= 2) {
            path.columns.push_back({k, count / 2});
        }
    }
    const auto columns = static_cast<Eigen::Index>(path.columns.size());
    path.features = Matrix<Enclosure>(end.features.rows(), columns);
    path.features_step = path.features;
    for (Eigen::Index j = 0; j < columns; ++j) {
        const auto place = static_cast<std::size_t>(j);
        const long label = path.columns[place].label;
        const bool second = place > 0 && path.columns[place - 1].label == label;
        const Enclosure apart = second ? Enclosure(1) + subject.testimony().within_class : Enclosure(1);
        const Enclosure length = sqrt(squared_length_scale(subject, static_cast<std::size_t>(label)));
        for (Eigen::Index i = 0; i < path.features.rows(); ++i) {
            path.features(i, j) = apart * end.features(i, label);
            path.features_step(i, j) = length * Enclosure(random.uniform()) - path.features(i, j);
        }
    }
    return path;
}

Matrix<Enclosure> at(const Matrix<Enclosure>& end, const Matrix<Enclosure>& step, const Enclosure& t) {
    Matrix<Enclosure> result = end;
    for (Eigen::Index i = 0; i < result.size(); ++i) {
        result(i) += t * step(i);
    }
    return result;
}

std::vector<Enclosure> margins_of(const Case& subject) {
    std::vector<Enclosure> margins;
    for (const auto& form : subject.closed_form().classes) {
        margins.push_back(form.margin);
    }
    return margins;
}

std::optional<Enclosure> metric_at(const Case& subject, Metric metric, const Path& path, const Enclosure& t) {
    const Configuration& configuration = subject.configuration();
    const Matrix<Enclosure> features = at(path.features, path.features_step, t);
    if (metric == Metric::nc1) {
        return theory::nc1(configuration, path.columns, features);
    }
    const Matrix<Enclosure> means = class_means(configuration, path.columns, features);
    const Matrix<Enclosure> classifier = at(path.classifier, path.classifier_step, t);
    if (metric == Metric::nc2) {
        return theory::nc2(configuration, classifier, means);
    }
    Matrix<Enclosure> logits =
        Matrix<Enclosure>::Constant(configuration.classes(), configuration.classes(), Enclosure(0));
    for (long k = 0; k < configuration.classes(); ++k) {
        for (long m = 0; m < configuration.classes(); ++m) {
            for (Eigen::Index i = 0; i < means.rows(); ++i) {
                logits(m, k) += classifier(m, i) * means(i, k);
            }
        }
    }
    return theory::nc3(logits, margins_of(subject));
}

void check_path(const Case& subject, Comparison& comparison, Metric metric) {
    if (subject.found() == nullptr) {
        comparison.undecided("a minimiser to end at");
        return;
    }
    const Path path = random_path(subject);
    const auto [near, nearer] = near_the_end();
    const auto start = metric_at(subject, metric, path, Enclosure(1)),
               first = metric_at(subject, metric, path, near),
               second = metric_at(subject, metric, path, nearer);
    if (!start || !first || !second) {
        comparison.undecided("the metric on the way to the minimiser");
        return;
    }
    if (arb_is_zero(start->data()) != 0) {
        return;  // one sample in every class: NC1 is zero all the way
    }
    check_falls(*start, *first, *second, comparison);
}

// At every global minimiser. NC1: S_W is zero where no class has a spread. NC2: with E = W - f V(H) it is at
// most 2 ||E||/||W||. NC3: from the certified logits.
void check_zero(const Case& subject, Comparison& comparison, Metric metric) {
    const Configuration& configuration = subject.configuration();
    const MinimiserBounds bounds = subject.bounds();
    const auto classes = static_cast<std::size_t>(configuration.classes());
    if (metric == Metric::nc1) {
        for (std::size_t k = 0; k < classes; ++k) {
            comparison.zero(of_class("spread of the features", k), bounds.within_class_spread(k),
                            sqrt(squared_length_scale(subject, k)));
        }
        return;
    }
    if (metric == Metric::nc2) {
        const std::vector<Enclosure> column = relation_column(configuration);
        Enclosure distance(0), norm(0);
        for (long k = 0; k < configuration.classes(); ++k) {
            distance += bounds.relation_defect_squared(k, column);
            norm += bounds.classifier_inner(k, k);
        }
        const Enclosure most = Enclosure(2) * sqrt_of_nonnegative(distance) / sqrt(norm);
        const Enclosure bound = Enclosure::hull(Enclosure(0), most.upper());
        const PointInvariants* found = subject.found();
        const auto own = found != nullptr
                             ? theory::nc2(configuration, found->point().classifier, found->means())
                             : std::nullopt;
        if (own) {
            comparison.within("NC2 of the found point", *own, bound);
        }
        const bool alone = own && subject.testimony().minimisers_are_the_point;
        comparison.zero("NC2", alone ? *own : bound, Enclosure(1));
        return;
    }
    Matrix<Enclosure> logits(configuration.classes(), configuration.classes());
    for (long k = 0; k < configuration.classes(); ++k) {
        for (long m = 0; m < configuration.classes(); ++m) {
            const auto index = static_cast<std::size_t>(k);
            logits(m, k) = m == k ? bounds.logit_own(index) : bounds.logit_other(index);
        }
    }
    const auto value = theory::nc3(logits, margins_of(subject));
    if (value) {
        comparison.zero("NC3", *value, Enclosure(1));
    } else {
        comparison.undecided("NC3");
    }
}

long collapsed_classes(const Configuration& configuration) {
    long result = 0;
    for (const Group& group : groups(configuration)) {
        result += group.collapsed ? group.size() : 0;
    }
    return result;
}

template <Metric Which>
Observation metric(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    if (Which != Metric::nc1 && completely_collapsed(configuration)) {
        return {};  // 0/0
    }
    Comparison comparison(subject);
    check_zero(subject, comparison, Which);
    // S_B^+ jumps where two class means vanish; every fourth case, as a path costs K^3.
    const bool continuous = Which != Metric::nc1 || collapsed_classes(configuration) < 2;
    if (continuous && split_seed(subject.key.seed, 0xc0) % 4 == 0) {
        check_path(subject, comparison, Which);
    }
    Observation observation = comparison.observation();
    observation.slack.reset();  // limits: nothing to walk towards
    return observation;
}

}  // namespace

std::vector<Claim> metric_claims() {
    const char* on_the_way =
        "in complete collapse the metric is 0/0: not applicable. 'Falls towards zero': "
        "along the straight line from a random point to the solver's minimiser, smaller at t = 1e-30 than "
        "at the start, and from there to 1e-45 at least as fast as t, up to the factor 2 that is left to "
        "the second order; every fourth case";
    const char* pseudo_inverse =
        "h_G is the mean of all features (the paper prints the factor 1/K); "
        "the metric is zero where S_W is. 'Falls towards zero' as for NC2, only where at most one class has "
        "collapsed: the Moore-Penrose inverse of S_B is not continuous where two means vanish together, "
        "and the limit depends on the path";
    const auto demands = without(whole_domain(), {all_collapsed()});
    return {
        {
            .id = "metric.nc1",
            .source = "(19)",
            .statement = R"(\mathcal{NC}1 = \tfrac{1}{K}\operatorname{trace}(\Sigma_W\Sigma_B^\dagger) = 0)",
            .domain = enough_coordinates,
            .check = metric<Metric::nc1>,
            .reading = pseudo_inverse,
        },
        {
            .id = "metric.nc2",
            .source = "(20)",
            .statement =
                R"(\mathcal{NC}2 = \left\|\frac{W}{\|W\|_F} - \frac{W_{\text{UFM}_+}(H)}{\|W_{\text{UFM}_+}(H)\|_F}\right\|_F = 0)",
            .domain = enough_coordinates,
            .check = metric<Metric::nc2>,
            .reading = on_the_way,
            .demands = demands,
        },
        {
            .id = "metric.nc3",
            .source = "(21)",
            .statement =
                R"(\mathcal{NC}3 = \left\|\frac{WH}{\|WH\|_F} - \frac{WH_{\text{UFM}_+}}{\|WH_{\text{UFM}_+}\|_F}\right\|_F = 0)",
            .domain = enough_coordinates,
            .check = metric<Metric::nc3>,
            .reading = on_the_way,
            .demands = demands,
        },
    };
}

}  // namespace ncverify::properties
