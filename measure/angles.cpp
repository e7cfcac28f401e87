#include "measure/angles.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

#include "theory/closed_form.hpp"
#include "theory/printed.hpp"

namespace ncverify::measure {

namespace {

constexpr double degrees = 180 / std::numbers::pi;
// Up to here acos loses at most three digits of the sixteen that a cosine has.
constexpr double near_parallel = 0.999;

// v - (u.v / u.u) u. Each entry is rounded once, so that what is left of nearly parallel vectors is accurate
// but for a multiple of u.
Vector<double> rejection(const Vector<double>& v, const Vector<double>& u) {
    const double factor = v.dot(u) / u.squaredNorm();
    Vector<double> rest(v.size());
    for (Eigen::Index i = 0; i < v.size(); ++i) {
        rest[i] = std::fma(-factor, u[i], v[i]);
    }
    return rest;
}

// In radians, from the part of v across u; the second rejection takes that multiple of u away.
double angle_between(const Vector<double>& u, const Vector<double>& v) {
    return std::atan2(rejection(rejection(v, u), u).norm(), v.dot(u) / u.norm());
}

// An angle in [0, pi] by its cosine, whose ball may reach beyond 1 or -1: there, by its tangent.
Enclosure angle_of(const Enclosure& cosine) {
    const Enclosure one(1), size = abs(cosine);
    Enclosure angle = cosine;
    if (certainly_less(size, Enclosure(0.9))) {
        arb_acos(angle.data(), angle.data(), Enclosure::precision());
        return angle;
    }
    angle = sqrt_of_nonnegative((one - cosine) * (one + cosine)) / size;
    arb_atan(angle.data(), angle.data(), Enclosure::precision());
    if (certainly_positive(cosine)) {
        return angle;
    }
    Enclosure half_turn;
    arb_const_pi(half_turn.data(), Enclosure::precision());
    return half_turn - angle;
}

// The smallest and the largest angle of two classifiers, in radians. Classes of equal counts are as good as
// each other, and so are those that collapse, whose classifiers are equal.
std::optional<std::pair<Enclosure, Enclosure>> enclosed_angles(const Configuration& configuration) {
    const theory::ClosedForm form = theory::closed_form(configuration);
    std::map<long long, std::pair<long, long>> kinds;  // by count, 0 where it collapses: first and last class
    for (long k = 0; k < configuration.classes(); ++k) {
        const long long count = configuration.counts[static_cast<std::size_t>(k)];
        const auto kind = kinds.try_emplace(theory::collapsed(configuration, k) ? 0 : count, k, k).first;
        kind->second.second = k;
    }
    std::vector<Enclosure> cosines;
    for (auto g = kinds.begin(); g != kinds.end(); ++g) {
        for (auto h = kinds.begin(); h != std::next(g); ++h) {
            const long k = h->second.first, l = g->second.second;
            const auto cosine = k == l ? std::nullopt : form.classifier_cosine(k, l);
            if (cosine) {
                const bool equal = g == h && g->first == 0;
                cosines.push_back(equal ? Enclosure(1) : *cosine);
            }
        }
    }
    if (cosines.empty()) {
        return std::nullopt;
    }
    const auto [widest, narrowest] =
        std::minmax_element(cosines.begin(), cosines.end(), [](const Enclosure& a, const Enclosure& b) {
            return arf_cmp(arb_midref(a.data()), arb_midref(b.data())) < 0;
        });
    return std::pair(angle_of(*narrowest), angle_of(*widest));
}

// Whether its midpoint is right to the last digit of a double.
bool is_sharp(const Enclosure& value) {
    return arb_is_zero(value.data()) != 0 || arb_rel_accuracy_bits(value.data()) >= 54;
}

double midpoint(const Enclosure& value) {
    return arf_get_d(arb_midref(value.data()), ARF_RND_NEAR);
}

}  // namespace

// Roots first: the product of the squares may overflow.
std::optional<double> cosine(const Matrix<double>& gram, Eigen::Index k, Eigen::Index l) {
    if (!(gram(k, k) > 0 && gram(l, l) > 0)) {
        return std::nullopt;
    }
    return std::clamp(gram(k, l) / std::sqrt(gram(k, k)) / std::sqrt(gram(l, l)), -1.0, 1.0);
}

std::optional<Angles> angles(const Matrix<double>& vectors, const Matrix<double>& gram) {
    double smallest = 180, largest = 0, sum = 0;
    long long pairs = 0;
    for (Eigen::Index k = 0; k < gram.rows(); ++k) {
        for (Eigen::Index l = 0; l < k; ++l) {
            if (const auto value = cosine(gram, k, l)) {
                const double angle = degrees * (std::abs(*value) < near_parallel
                                                    ? std::acos(*value)
                                                    : angle_between(vectors.col(k), vectors.col(l)));
                smallest = std::min(smallest, angle);
                largest = std::max(largest, angle);
                sum += angle;
                ++pairs;
            }
        }
    }
    return pairs > 0 ? std::optional(Angles{smallest, sum / static_cast<double>(pairs), largest})
                     : std::nullopt;
}

std::optional<std::pair<double, double>> predicted_angles(const Configuration& configuration) {
    constexpr long digits = 17;  // of a double
    const long most = theory::precision_cap(configuration, digits);
    for (long working = 2 * digits;; working = std::min(2 * working, most)) {
        const PrecisionScope precision(working);
        const auto range = enclosed_angles(configuration);
        if (!range) {
            return std::nullopt;
        }
        if (working == most || (is_sharp(range->first) && is_sharp(range->second))) {
            return std::pair(midpoint(range->first) * degrees, midpoint(range->second) * degrees);
        }
    }
}

}  // namespace ncverify::measure
