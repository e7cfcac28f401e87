// The same by brute force: the formulas as printed, in s, with none of the algebra. Compact boxes, away from
// where both sides are equal; a check on the arguments of the other proofs.
#include "properties/boxes/bounds.hpp"
#include "properties/boxes/proofs.hpp"

namespace ncverify::properties {

namespace {

Rational threshold_ratio(long K) {
    return Rational(K, K - 1);
}

// M(s) = max(0, log((K-1)(s-1))) over an interval above the threshold, where M increases and is 0.
Enclosure margin_over(const Interval& s, long K) {
    const auto at = [K](const Enclosure& point) {
        const Enclosure value = log(Enclosure(K - 1) * (point - Enclosure(1)));
        return certainly_positive(value) ? value : Enclosure(0);
    };
    return Enclosure::hull(at(s.low), log(Enclosure(K - 1) * (s.high - Enclosure(1))));
}

BoxStatement slope_in_s() {
    BoxStatement statement{"cor2.monotone",
                           "a'(s) = log((K-1)(s-1)) + s/(s-1) > 0, as it stands, in s",
                           "as for u in [0, 1], without the substitution",
                           {}};
    for (long K = 2; K <= 16; ++K) {
        statement.parts.push_back({"K = " + std::to_string(K) + ", s in [K/(K-1), 10^6]",
                                   {"s"},
                                   {interval(threshold_ratio(K), 1'000'000)},
                                   [K](const Box& box) {
                                       const Enclosure s = box[0].hull(), less = s - Enclosure(1);
                                       return positive(log(Enclosure(K - 1) * less) + s / less);
                                   }});
    }
    return statement;
}

BoxStatement groups_in_s() {
    BoxStatement statement{"cor3.order",
                           "cos_minor - cos_major > 0, the formulas (15), (16) as they stand",
                           "no factored form, so away from s_A = s_B only",
                           {}};
    for (long K = 4; K <= 8; ++K) {
        for (long K_A = 2; K_A <= K - 2; ++K_A) {  // a cosine inside a group needs two classes
            statement.parts.push_back(
                {"K_A = " + std::to_string(K_A) + ", K_B = " + std::to_string(K - K_A) +
                     ", s_B in [K/(K-1), 5], s_A - s_B in [1, 5]",
                 {"s_B", "s_A - s_B"},
                 {interval(threshold_ratio(K), 5), interval(1, 5)},
                 [K, K_A](const Box& box) {
                     const Interval major{(box[0].low + box[1].low).lower(),
                                          (box[0].high + box[1].high).upper()};
                     const Enclosure a_A = major.hull() * margin_over(major, K),
                                     a_B = box[0].hull() * margin_over(box[0], K);
                     const Enclosure S = Enclosure(K_A) * a_A + Enclosure(K - K_A) * a_B;
                     const auto cosine = [&](const Enclosure& a) {
                         return (S - Enclosure(2 * K) * a) / (S + Enclosure(K * (K - 2)) * a);
                     };
                     return positive(cosine(a_B) - cosine(a_A));
                 }});
        }
    }
    return statement;
}

}  // namespace

std::vector<BoxStatement> direct_statements() {
    return {slope_in_s(), groups_in_s()};
}

}  // namespace ncverify::properties
