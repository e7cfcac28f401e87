// Beyond the paper: what the checker derives from a gap and from a box, at points whose loss and place are
// known.
#include "certificates/decimal.hpp"
#include "certificates/krawczyk.hpp"
#include "certificates/point.hpp"
#include "properties/claims/domains.hpp"
#include "properties/claims/dual_points.hpp"
#include "properties/claims/names.hpp"
#include "properties/claims/scales.hpp"
#include "properties/claims/sections.hpp"
#include "trial/comparison.hpp"

namespace ncverify::properties {

namespace {

constexpr const char* at_a_perturbed_point = "at a perturbed minimiser";
constexpr long largest_box_classes = 4;  // Krawczyk's test costs K^4

// The solver's point with its features repeated for these columns.
FeasiblePoint spread_out(const FeasiblePoint& means, const std::vector<FeatureColumn>& columns) {
    FeasiblePoint point{means.name, means.classifier,
                        Matrix<Enclosure>(means.features.rows(), static_cast<Eigen::Index>(columns.size()))};
    for (std::size_t j = 0; j < columns.size(); ++j) {
        point.features.col(static_cast<Eigen::Index>(j)) = means.features.col(columns[j].label);
    }
    return point;
}

void check_class(const PointInvariants& point, const certificates::ImpliedBounds& bounds, std::size_t k,
                 Comparison& comparison) {
    const certificates::ClassBounds& bound = bounds.classes[k];
    const auto index = static_cast<long>(k);
    comparison.within(of_class("margin", k), point.margin(k), bound.margin);
    comparison.within(of_class("own logit", k), point.logit(index, k), bound.logit_own);
    comparison.within(of_class("other logit", k), point.logit_other(k), bound.logit_other);
    comparison.within(of_class("smallest margin", k), point.worst_margin(k), bound.worst_margin);
    comparison.within(of_class("squared feature norm", k), point.feature_inner(index, index),
                      bound.feature_norm_squared);
    comparison.within(of_class("sum of logits", k), point.logit_sum(k), bound.logit_sum);
    comparison.within(of_class("spread of the features", k), point.within_class_spread(k),
                      bound.within_class_spread);
}

void check_pairs(const Configuration& configuration, const PointInvariants& point,
                 const certificates::ImpliedBounds& bounds, Comparison& comparison) {
    const std::vector<Enclosure> column = relation_column(configuration);
    const certificates::ClassifierProducts products(bounds);
    for (long k = 0; k < configuration.classes(); ++k) {
        comparison.within("squared norm of " + classifier_name(k), point.classifier_inner(k, k),
                          products.inner(k, k));
        comparison.within("squared distance of " + classifier_name(k) + " from (10)",
                          point.relation_defect_squared(k, column),
                          bounds.relation_defect_squared(k, column));
        for (long j = 0; j < k; ++j) {
            comparison.within("inner product of " + classifier_names(k, j), point.classifier_inner(k, j),
                              products.inner(k, j));
            const Enclosure features = point.feature_inner(k, j);
            comparison.within("h_" + std::to_string(k + 1) + " . h_" + std::to_string(j + 1), features,
                              bounds.feature_inner(k, j));
            comparison.within("the largest bound on h_k . h_j, and h_" + std::to_string(k + 1) + " . h_" +
                                  std::to_string(j + 1),
                              features, bounds.largest_feature_inner());
        }
    }
}

// A point near the minimiser, the gap that its own loss leaves, and everything that this implies of it.
Observation implications(const Case& subject) {
    if (split_seed(subject.key.seed, 0xb8) % 4 != 0) {
        return {};
    }
    const Configuration& configuration = subject.configuration();
    Comparison comparison(subject, at_a_perturbed_point);
    const PointInvariants* found = subject.found();
    if (found == nullptr) {
        comparison.undecided("a minimiser to start from");
        return comparison.observation();
    }
    Random random = subject.random(0xb9);
    const std::vector<FeatureColumn> columns = split_columns(configuration, random);
    const std::vector<Rational>& slopes = subject.solution().solution.slopes;
    const Enclosure dual = subject.dual_value(configuration, slopes);
    const FeasiblePoint start = spread_out(found->point(), columns);
    for (int draw = 0; draw < 2; ++draw) {
        const FeasiblePoint moved = subject.drawn(perturbed(start, perturbation_size(random), random));
        const PointInvariants point(configuration, columns, moved);
        const Enclosure loss = point.loss();
        const certificates::ImpliedBounds bounds =
            subject.implications(configuration, slopes, loss.upper(), dual);
        comparison.within("the gap, term by term,", subject.gap_terms(columns, slopes, moved).sum(),
                          Enclosure::hull(Enclosure(0), bounds.gap));
        comparison.within("distance of W from V(H)", point.classifier_defect(bounds.slopes),
                          Enclosure::hull(Enclosure(0), bounds.classifier_defect));
        comparison.within("norm of the sum of classifiers", point.classifier_sum(), bounds.classifier_sum());
        for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
            check_class(point, bounds, k, comparison);
        }
        check_pairs(configuration, point, bounds, comparison);
    }
    return comparison.observation();
}

// The certificate with every entry that is not zero moved by about `size`, relative.
certificates::Certificate moved(certificates::Certificate certificate, const Enclosure& size,
                                Random& random) {
    const auto move = [&](certificates::TextRows& rows) {
        for (std::vector<certificates::Text>& row : rows) {
            for (certificates::Text& entry : row) {
                const Enclosure value = certificates::enclosed(certificates::parse_decimal(entry, "entry"));
                if (!is_exact_zero(value)) {
                    const Enclosure factor = Enclosure(1) + random_sign(random) * size * fraction(random);
                    entry = (value * factor).midpoint().text(certificate.digits + 30);
                }
            }
        }
    };
    move(certificate.classifier);
    move(certificate.features);
    return certificate;
}

// Two boxes that each hold the one stationary point near them reach each other.
Observation box(const Case& subject) {
    const Configuration& configuration = subject.configuration();
    if (configuration.classes() > largest_box_classes) {
        return {};
    }
    const certificates::Certificate& own = subject.solution().certificate;
    if (own.features.empty() || !subject.certified()) {
        return {};
    }
    Random random = subject.random(0xbb);
    const certificates::Certificate other = moved(own, log_uniform(random, -60, -20), random);
    const certificates::NearbyMinimiser here = certificates::nearby_minimiser(own),
                                        there = certificates::nearby_minimiser(other);
    if (!here.proven || !there.proven) {
        return {};  // a degenerate point, or too far: nothing is claimed
    }
    Comparison comparison(subject, "between two boxes");
    const certificates::EnclosedPoint a = certificates::enclosed_point(own),
                                      b = certificates::enclosed_point(other);
    const Enclosure reach = subject.radius(here.radius) + subject.radius(there.radius);
    const auto check = [&](const char* name, const Matrix<Enclosure>& one, const Matrix<Enclosure>& two) {
        Enclosure farthest(0), largest(0);
        for (Eigen::Index i = 0; i < one.size(); ++i) {
            const Enclosure apart = abs(one.data()[i] - two.data()[i]), size = abs(one.data()[i]);
            farthest = certainly_less(farthest, apart) ? apart : farthest;
            largest = certainly_less(largest, size) ? size : largest;
        }
        comparison.at_most(std::string("distance of two boxes' centres, in ") + name + ", and their radii,",
                           farthest, reach, scale_or_one(largest));
    };
    check("W", a.classifier, b.classifier);
    check("H", a.features, b.features);
    Observation observation = comparison.observation();
    observation.slack.reset();  // the radius is the perturbation's, not the configuration's
    return observation;
}

}  // namespace

std::vector<Claim> beyond_certificate_claims() {
    auto fewer = without(whole_domain(), {two_classes()});
    fewer.push_back({two_classes(), 0.01});  // fewer cases, so that a smaller share must be certain
    return {
        {
            .id = "beyond.implied",
            .source = "ours",
            .statement =
                R"(L_0(W,H) \le U \implies \text{margins, logits, norms, products and spreads of } (W,H) \text{ lie within the bounds that } U - D(\beta) \text{ implies})",
            .domain = enough_coordinates,
            .kind = Kind::extension,
            .check = implications,
            .reading =
                "at the certified minimiser, perturbed by 10^-20 to 10^-1 of itself, samples of a class "
                "apart; U is that point's own loss; every fourth case",
            .demands = fewer,
        },
        {
            .id = "beyond.box",
            .source = "ours",
            .statement =
                R"(\text{within } \texttt{minimiser\_radius} \text{ of a certificate's point lies the stationary point})",
            .domain = "K <= 4, d >= K, no class exactly at its threshold",
            .kind = Kind::extension,
            .check = box,
            .reading =
                "a certificate's point and one moved by 10^-60 to 10^-20 of itself: each radius is that "
                "of a box around the same stationary point, so that the two boxes reach each other; "
                "every fourth case",
            .demands = {{none_collapsed(), 0.05}},
        },
    };
}

}  // namespace ncverify::properties
