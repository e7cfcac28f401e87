#include "properties/minimiser_bounds.hpp"

#include "properties/case.hpp"

namespace ncverify::properties {

namespace {

Enclosure from_zero(const Enclosure& bound) {
    return Enclosure::hull(Enclosure(0), bound.upper());
}

}  // namespace

MinimiserBounds::MinimiserBounds(const Case& subject)
    : subject_(subject), implied_(subject.implied_bounds()), found_(subject.found()) {}

Enclosure MinimiserBounds::held(const std::string& name, const Enclosure& bound,
                                const std::function<Enclosure(const PointInvariants&)>& at_point) const {
    if (found_ == nullptr) {
        return bound;
    }
    const Enclosure value = at_point(*found_);
    if (subject_.testimony().minimisers_are_the_point) {
        return value;
    }
    const std::string kind = "the found point's own: " + name;
    const bool wrong = !subject_.watch.idle() && subject_.watch.is_wrong(kind);
    const Enclosure told = wrong ? trial::off(value) : value;
    if (breaks(told, bound)) {
        subject_.watch.failed(kind);
        subject_.contradict(name, told, bound);
    }
    return bound;
}

Enclosure MinimiserBounds::minimum() const {
    return held("loss", Enclosure::hull(implied_.lower, implied_.upper),
                [this](const PointInvariants&) { return subject_.found_loss(); });
}

Enclosure MinimiserBounds::gap() const {
    return held("loss above the dual bound", from_zero(implied_.gap),
                [this](const PointInvariants&) { return subject_.found_loss() - implied_.lower; });
}

Enclosure MinimiserBounds::margin(std::size_t k) const {
    return held("margin", implied_.classes[k].margin,
                [k](const PointInvariants& point) { return point.margin(k); });
}

Enclosure MinimiserBounds::logit_own(std::size_t k) const {
    return held("own logit", implied_.classes[k].logit_own,
                [k](const PointInvariants& point) { return point.logit(static_cast<long>(k), k); });
}

Enclosure MinimiserBounds::logit_other(std::size_t k) const {
    return held("other logits", implied_.classes[k].logit_other,
                [k](const PointInvariants& point) { return point.logit_other(k); });
}

Enclosure MinimiserBounds::worst_margin(std::size_t k) const {
    return held("smallest margin", implied_.classes[k].worst_margin,
                [k](const PointInvariants& point) { return point.worst_margin(k); });
}

Enclosure MinimiserBounds::feature_norm_squared(std::size_t k) const {
    return held("squared feature norm", implied_.classes[k].feature_norm_squared,
                [k](const PointInvariants& point) {
                    return point.feature_inner(static_cast<long>(k), static_cast<long>(k));
                });
}

Enclosure MinimiserBounds::logit_sum(std::size_t k) const {
    return held("sum of logits", implied_.classes[k].logit_sum,
                [k](const PointInvariants& point) { return point.logit_sum(k); });
}

Enclosure MinimiserBounds::within_class_spread(std::size_t k) const {
    return held("spread of the features", implied_.classes[k].within_class_spread,
                [&](const PointInvariants& point) {
                    const auto index = static_cast<long>(k);
                    return point.within_class_spread(k) +
                           subject_.testimony().within_class * sqrt(point.feature_inner(index, index));
                });
}

Enclosure MinimiserBounds::classifier_inner(long k, long j) const {
    return held(k == j ? "squared classifier norm" : "inner product of classifiers",
                subject_.classifier_products().inner(k, j),
                [k, j](const PointInvariants& point) { return point.classifier_inner(k, j); });
}

Enclosure MinimiserBounds::feature_inner(long k, long j) const {
    return held("inner product of features", implied_.feature_inner(k, j),
                [k, j](const PointInvariants& point) { return point.feature_inner(k, j); });
}

Enclosure MinimiserBounds::classifier_sum() const {
    return held("norm of the sum of classifiers", implied_.classifier_sum(),
                [](const PointInvariants& point) { return point.classifier_sum(); });
}

Enclosure MinimiserBounds::classifier_defect() const {
    return held("distance of W from V(H)", from_zero(implied_.classifier_defect),
                [&](const PointInvariants& point) { return point.classifier_defect(implied_.slopes); });
}

Enclosure MinimiserBounds::relation_defect_squared(long k, const std::vector<Enclosure>& column) const {
    return held("distance of a classifier from a combination of class means",
                implied_.relation_defect_squared(k, column),
                [&](const PointInvariants& point) { return point.relation_defect_squared(k, column); });
}

}  // namespace ncverify::properties
