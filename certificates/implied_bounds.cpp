#include "certificates/implied_bounds.hpp"

#include <utility>

namespace ncverify::certificates {

namespace {

Enclosure symmetric(const Enclosure& bound) {
    return Enclosure::hull(-bound.upper(), bound.upper());
}
Enclosure from_zero(const Enclosure& bound) {
    return Enclosure::hull(Enclosure(0), bound.upper());
}

Enclosure everything() {
    Enclosure all;
    arb_zero_pm_inf(all.data());
    return all;
}

// Deviations of one class that the logits term (CE + beta a - bracket) <= excess allows.
struct LogitDeviation {
    Enclosure margin;  // |a - a*|
    Enclosure spread;  // |other logit - mean of the others|
};

LogitDeviation deviation(const Enclosure& excess, const Enclosure& beta, long classes) {
    const Enclosure e = exp(Enclosure(1)), one(1);
    // phi'' >= beta (1-beta) e^{-|t|} at distance t from a*, so phi(a)+beta a-bracket >= beta(1-beta) t^2/e
    // for |t| <= 1.
    const Enclosure squared = e * excess / (beta * (one - beta));
    if (!certainly_less(squared, one)) {
        return {everything(), everything()};
    }
    const Enclosure t = sqrt(squared.upper());
    if (classes == 2) {
        return {t, Enclosure(0)};
    }
    // CE - phi(a) = log(1 + pi E) with pi >= beta e^{-t}, E = sum (e^d - 1 - d)/(K-1) >= max d^2/(e (K-1)).
    const Enclosure spread_squared = e * Enclosure(classes - 1) * expm1(excess) / (beta * exp(-t));
    if (!certainly_less(spread_squared, one)) {
        return {t, everything()};
    }
    return {t, sqrt(spread_squared.upper())};
}

// ||h_k||^2 from the classifier and margin bounds alone, narrowed by what the last term leaves to a class
// whose slope is strictly below its limit: n_k ||h_k||^2 <= sum_i ||h_ki||^2 <= `share` / (c^2 - (omega
// beta)^2 n_k).
Enclosure narrowed_norm(const Enclosure& norm, const Enclosure& share, const Rational& room,
                        long long count) {
    const bool unknown = !is_finite(norm);
    if (!unknown && !contains_zero(norm)) {
        return norm;
    }
    Enclosure largest = unknown ? everything().upper() : norm.upper();
    if (room > 0) {
        const Enclosure left = (share / from_rational<Enclosure>(room * count)).upper();
        largest = certainly_less(left, largest) ? left : largest;
    }
    return is_finite(largest) ? from_zero(largest) : everything();
}

// max_i ||h_ki - h_k||: the within-class term is at most the gap, so
// sum_i ||h_ki - h_k||^2 <= `share` / ((omega beta)^2 n_k); deviations that sum to zero put at most (n-1)/n
// of that into one of them.
Enclosure largest_deviation(const Enclosure& share, const Rational& slope_squared, long long count) {
    if (count == 1) {
        return Enclosure(0);
    }
    if (slope_squared == 0) {
        return everything();
    }
    const Enclosure of_one = from_rational<Enclosure>(Rational(count - 1) / (slope_squared * count * count));
    return from_zero(sqrt((share * of_one).upper()));
}

}  // namespace

ImpliedBounds implied_bounds(const Configuration& configuration, const std::vector<Rational>& slopes,
                             const Enclosure& upper, const Enclosure& lower) {
    ImpliedBounds bounds;
    bounds.configuration = configuration;
    bounds.upper = upper;
    bounds.lower = lower;
    bounds.gap = from_zero(upper - lower).upper();
    const Enclosure gap = bounds.gap, total = from_integer<Enclosure>(configuration.samples());
    const long K = configuration.classes();
    const Enclosure classes(K), others(K - 1);
    const Enclosure lambda_w = from_rational<Enclosure>(configuration.lambda_w);
    const Enclosure lambda_h = from_rational<Enclosure>(configuration.lambda_h);
    bounds.cross_total = Enclosure(2) * lambda_w * others * others * total * total * gap / classes;
    bounds.classifier_defect = sqrt((Enclosure(2) * gap / lambda_w).upper());
    const Enclosure kappa = Enclosure(1) / (others * total * lambda_w);
    // The gap over the coefficient that the last two terms share.
    const Enclosure share = (bounds.cross_total / others).upper();
    const Rational c_squared = configuration.c_squared();
    for (std::size_t k = 0; k < slopes.size(); ++k) {
        const Enclosure count(static_cast<long>(configuration.counts[k]));
        const Enclosure beta = from_rational<Enclosure>(slopes[k]);
        const bool weighted = configuration.weighted();
        const Enclosure omega = weighted ? weight_value<Enclosure>(configuration.weights[k]) : Enclosure(1);
        bounds.slopes.push_back(weighted ? omega * beta : beta);
        const Enclosure of_class = weighted ? omega * count : count;
        const LogitDeviation off = deviation((gap * total / of_class).upper(), beta, K);
        // ||h_k|| <= sqrt(2U/(lH n_k)): the ridge term alone is at most U.
        const Enclosure longest = sqrt((Enclosure(2) * upper / (lambda_h * count)).upper());
        ClassBounds bound;
        // The margin at which phi has slope -beta; for beta = 0 there is none.
        bound.margin = slopes[k] == 0 ? everything()
                                      : log(others * from_rational<Enclosure>((1 - slopes[k]) / slopes[k])) +
                                            symmetric(off.margin);
        bound.logit_sum = symmetric(sqrt(classes) * bounds.classifier_defect * longest);
        bound.logit_own = (others * bound.margin + bound.logit_sum) / classes;
        bound.logit_other = (bound.logit_sum - bound.margin) / classes + symmetric(off.spread);
        bound.worst_margin = bound.margin - from_zero(off.spread);
        // a_k = [K w_k.h_k - (sum w).h_k]/(K-1) with w_k = v_k + eta_k,
        // v_k.h_k = kappa((K-1) beta n ||h||^2 - X).
        const Enclosure weight = bounds.slopes[k] * count;
        const Enclosure cross = from_zero(bounds.cross_total / (Enclosure(2) * weight));
        const Enclosure slack = symmetric(bounds.classifier_defect * longest);
        const Enclosure norm =
            (others * bound.margin - classes * slack + bound.logit_sum + classes * kappa * cross) /
            (classes * kappa * others * weight);
        const Rational slope_squared =
            slopes[k] * slopes[k] * configuration.weighted_count(k) / configuration.counts[k];
        const Rational room = c_squared - slope_squared * configuration.counts[k];
        bound.feature_norm_squared = narrowed_norm(norm, share, room, configuration.counts[k]);
        bound.within_class_spread = largest_deviation(share, slope_squared, configuration.counts[k]);
        bounds.classes.push_back(std::move(bound));
    }
    return bounds;
}

Enclosure ImpliedBounds::feature_inner(long k, long j) const {
    const auto weight = [this](long m) {
        const auto index = static_cast<std::size_t>(m);
        return slopes[index] * Enclosure(static_cast<long>(configuration.counts[index]));
    };
    return from_zero(cross_total / (Enclosure(2) * weight(k) * weight(j)));
}

Enclosure ImpliedBounds::largest_feature_inner() const {
    // The pair with the two smallest weights beta_m n_m.
    std::pair<Enclosure, Enclosure> smallest{everything().upper(), everything().upper()};
    for (std::size_t m = 0; m < slopes.size(); ++m) {
        const Enclosure weight = (slopes[m] * Enclosure(static_cast<long>(configuration.counts[m]))).lower();
        if (certainly_less(weight, smallest.first)) {
            smallest.second = std::exchange(smallest.first, weight);
        } else if (certainly_less(weight, smallest.second)) {
            smallest.second = weight;
        }
    }
    return from_zero(cross_total / (Enclosure(2) * smallest.first * smallest.second));
}

Enclosure ImpliedBounds::classifier_sum() const {
    return from_zero(sqrt(Enclosure(configuration.classes())) * classifier_defect);
}

ClassifierProducts::ClassifierProducts(const ImpliedBounds& bounds)
    : classes_(bounds.configuration.classes()),
      all_(from_zero(bounds.cross_total)),
      half_(from_zero(bounds.cross_total / Enclosure(2))),
      defect_(bounds.classifier_defect) {
    const Configuration& configuration = bounds.configuration;
    const Enclosure lambda_w = from_rational<Enclosure>(configuration.lambda_w);
    const Enclosure kappa = Enclosure(1) / ((classes_ - Enclosure(1)) *
                                            from_integer<Enclosure>(configuration.samples()) * lambda_w);
    kappa_squared_ = kappa * kappa;
    for (std::size_t m = 0; m < bounds.slopes.size(); ++m) {
        const Enclosure weight = bounds.slopes[m] * Enclosure(static_cast<long>(configuration.counts[m]));
        weighted_.push_back(weight * weight * bounds.classes[m].feature_norm_squared);
        all_ += weighted_.back();
    }
    for (std::size_t m = 0; m < weighted_.size(); ++m) {
        lengths_.push_back(sqrt(from_zero(product(m, m)).upper()));
    }
}

// v_k = kappa (K y_k - Y)
Enclosure ClassifierProducts::product(std::size_t a, std::size_t b) const {
    const Enclosure& both = a == b ? weighted_[a] : half_;
    const Enclosure with_sum = weighted_[a] + half_ + weighted_[b] + half_;
    return kappa_squared_ * (classes_ * classes_ * both - classes_ * with_sum + all_);
}

Enclosure ClassifierProducts::inner(long k, long j) const {
    const auto a = static_cast<std::size_t>(k), b = static_cast<std::size_t>(j);
    const Enclosure slack = defect_ * (lengths_[a] + lengths_[b]) + defect_ * defect_;
    const Enclosure inner = product(a, b) + symmetric(slack);
    return k == j && contains_zero(inner) ? from_zero(inner) : inner;
}

Enclosure ImpliedBounds::relation_defect_squared(long k, const std::vector<Enclosure>& column) const {
    const long K = configuration.classes();
    const Enclosure lambda_w = from_rational<Enclosure>(configuration.lambda_w);
    const Enclosure kappa =
        Enclosure(1) / (Enclosure(K - 1) * from_integer<Enclosure>(configuration.samples()) * lambda_w);
    // v_k - sum_m A_km h_m = sum_m e_m h_m with e_m = (K delta_km - 1)(kappa beta_m n_m - column_m).
    Enclosure sum(0), steepest(0);
    for (long m = 0; m < K; ++m) {
        const auto index = static_cast<std::size_t>(m);
        const Enclosure weight = slopes[index] * Enclosure(static_cast<long>(configuration.counts[index]));
        const Enclosure entry = Enclosure(m == k ? K - 1 : -1) * (kappa * weight - column[index]);
        sum += entry * entry * classes[index].feature_norm_squared;
        const Enclosure steep = abs(entry / weight).upper();
        steepest = certainly_less(steepest, steep) ? steep : steepest;
    }
    const Enclosure main = sum + symmetric(steepest * steepest * cross_total);
    const Enclosure length = sqrt(from_zero(main).upper());
    const Enclosure defect =
        main + symmetric(classifier_defect * (Enclosure(2) * length + classifier_defect));
    return contains_zero(defect) ? from_zero(defect) : defect;
}

}  // namespace ncverify::certificates
