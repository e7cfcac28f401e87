// Norms, and the sign of the margin, as functions of the count.
#include "properties/boxes/bounds.hpp"
#include "properties/boxes/proofs.hpp"

namespace ncverify::properties {

namespace {

const std::string counts_and_decays =
    "every real n_k and lW lH: u = 1/((K-1)(s-1)), s = sqrt(n_k)/c, in [0, 1], which is every s >= K/(K-1)";

Interval unit() {
    return interval(0, 1);
}

// (6) in terms of s: (K-1)(s-1) - 1 = (K-1) s - K, which has the sign of s - K/(K-1). Linear in K and in s,
// so that four points decide it. And N^2 lW lH / n_k = K/(K-1) / s^2 is below (K-1)/K exactly for s >
// K/(K-1).
bool sign_algebra() {
    for (const Rational& K : {Rational(2), Rational(3)}) {
        for (const Rational& s : {Rational(0), Rational(1)}) {
            if ((K - 1) * (s - 1) - 1 != (K - 1) * s - K) {
                return false;
            }
        }
    }
    return true;
}

BoxStatement margin_sign() {
    const auto below = [](const Rational& low, const Rational& high) { return interval(low, high); };
    return {"eq6.sign",
            "Mbar = log t has the sign of t - 1, which is (K-1) (s - K/(K-1))",
            "at the boundary t = 1 the quotient log t / (t-1) = 1/xi, xi between 1 and t, decides; that t - "
            "1 is a "
            "positive multiple of s - K/(K-1) is algebra, for every K",
            {{"t in [1/2, 2]: log(t)/(t-1) > 0",
              {"t"},
              {below(Rational(1, 2), 2)},
              [](const Box& box) {
                  const Interval xi = span(box[0], {Enclosure(1), Enclosure(1)});
                  return positive(Enclosure(1) / xi.high, Enclosure(1) / xi.low);
              }},
             {"t >= 2, unbounded (v = 1/t in [0, 1/2]): log t > 0",
              {"v"},
              {below(0, Rational(1, 2))},
              [](const Box& box) { return positive(-log(box[0].high), -log(box[0].low)); }},
             {"0 < t <= 1/2 (at t <= 0 the logarithm is undefined, and M = 0): -log t > 0",
              {"t"},
              {below(0, Rational(1, 2))},
              [](const Box& box) { return positive(-log(box[0].high), -log(box[0].low)); }}},
            sign_algebra};
}

BoxStatement weights_increase() {
    return {"cor2.monotone",
            "a(s) = s M(s) increases: a'(s) > 0 for every s >= K/(K-1), one-sided at the threshold; so "
            "n_i >= n_j implies ||w_i|| >= ||w_j||",
            "a is continuous and 0 for s <= K/(K-1); by Proposition 1, ||w_i||^2 - ||w_j||^2 = "
            "p K (K-2) (a_i - a_j), and K (K-2) >= 0",
            {{"K in [2, 100000], " + counts_and_decays,
              {"u", "K"},
              {unit(), interval(2, largest_classes)},
              [](const Box& box) { return positive(weight_slope(box[0], box[1])); }}}};
}

// K (K-2), increasing for K >= 1, where `positive_factor` is known to be positive: then the sign of the
// product is the sign of this. Otherwise nothing is known.
Bounds times_classes(const Enclosure& positive_factor, const Interval& K) {
    if (!certainly_positive(positive_factor)) {
        return {Enclosure(-1), Enclosure(1)};
    }
    const auto factor = [](const Enclosure& value) { return value * (value - Enclosure(2)); };
    return {factor(K.low), factor(K.high)};
}

// The sign of (||w_i||^2 - ||w_j||^2) / (p (s_i - s_j)) = K (K-2) a'(xi), xi between s_i and s_j.
Bounds norm_quotient(const Box& box) {
    return times_classes(weight_slope(span(box[0], box[1]), box[2]).low, box[2]);
}

// Where class j has collapsed, a_j = 0, and ||w_i||^2 - ||w_j||^2 = p K (K-2) a_i.
Bounds norm_over_collapsed(const Box& box) {
    return times_classes(margin_quotient(box[0]).low, box[1]);
}

const char* const norm_argument =
    "by Proposition 1, ||w_i||^2 - ||w_j||^2 = p K (K-2) (a_i - a_j), and a_i - a_j = (s_i - s_j) a'(xi); "
    "divided by s_i - s_j > 0, boxes that touch s_i = s_j are decided too";

std::vector<BoxPart> norm_parts(const Interval& K, const std::string& words,
                                Decision (*decide)(const Bounds&)) {
    return {
        {words + ", no collapse of either, " + counts_and_decays,
         {"u_i", "u_j", "K"},
         {unit(), unit(), K},
         [decide](const Box& box) { return decide(norm_quotient(box)); }},
        {words + ", class j collapsed and class i not", {"u_i", "K"}, {unit(), K}, [decide](const Box& box) {
             return decide(norm_over_collapsed(box));
         }}};
}

// "Not smaller" is the contrary of "smaller", decision by decision: so ties are no exceptions.
Decision contrary(Decision decision) {
    return decision == Decision::holds   ? Decision::fails
           : decision == Decision::fails ? Decision::holds
                                         : Decision::unknown;
}

Decision not_decreasing(const Bounds& quotient) {
    return contrary(positive(-quotient.high, -quotient.low));
}

Decision not_increasing(const Bounds& quotient) {
    return contrary(positive(quotient));
}

std::vector<BoxStatement> norms_in_the_count() {
    const Interval many = interval(3, largest_classes), two = interval(2, 2);
    const std::string larger = "n_i > n_j with class i not collapsed implies ||w_i|| ";
    return {{"text41.norm.increasing", larger + ">= ||w_j||, K >= 3", norm_argument,
             norm_parts(many, "K in [3, 100000]", not_decreasing)},
            {"text41.norm.increasing", larger + ">= ||w_j||, K = 2", norm_argument,
             norm_parts(two, "K = 2", not_decreasing)},
            {"text41.norm.decreasing", larger + "<= ||w_j||, K >= 3", norm_argument,
             norm_parts(many, "K in [3, 100000]", not_increasing)},
            {"text41.norm.decreasing", larger + "<= ||w_j||, K = 2", norm_argument,
             norm_parts(two, "K = 2", not_increasing)}};
}

// phi(u) = s^2 d/ds (M(s)/s) = s/(s-1) - log t = 1 + (K-1) u + log u.
Enclosure turning(const Enclosure& u, long K) {
    return Enclosure(1) + Enclosure(K - 1) * u + log(u);
}

// A bracket of the zero of phi, ends apart by a bisection of (0, 1] that does not have to be right: what it
// yields is proved.
std::pair<Rational, Rational> bracket(long K) {
    const PrecisionScope scope(30);
    Rational low(1, 1'000'000'000), high(1);
    const Rational narrow(1, 1'000'000'000'000'000);
    while (high - low > narrow * low) {
        const Rational middle = (low + high) / 2;
        (certainly_positive(turning(from_rational<Enclosure>(middle), K)) ? high : low) = middle;
    }
    return {low, high};
}

// Decimal text of s = 1 + 1/((K-1) u).
std::string ratio_at(const Rational& u, long K) {
    const PrecisionScope scope(30);
    return from_rational<Enclosure>(1 + 1 / (u * (K - 1))).text(10);
}

BoxStatement feature_norm_turns() {
    BoxStatement statement{"text41.feature.monotone",
                           "||h_k||^2 is a multiple of M(s)/s, which increases in n_k up to one turning "
                           "point n_k = (c s*)^2 and "
                           "decreases beyond",
                           "s^2 d/ds (M/s) = phi(u) = 1 + (K-1) u + log u; phi increases in u, that is, "
                           "decreases in s, and changes "
                           "its sign at s*",
                           {}};
    for (long K = 2; K <= 16; ++K) {
        const auto [low, high] = bracket(K);
        const std::string classes = "K = " + std::to_string(K) + ", ";
        statement.parts.push_back(
            {classes + "every s >= K/(K-1): phi'(u) = K-1 + 1/u > 0", {"u"}, {unit()}, [K](const Box& box) {
                 return positive(Enclosure(K - 1) + Enclosure(1) / box[0].high,
                                 Enclosure(K - 1) + Enclosure(1) / box[0].low);
             }});
        statement.parts.push_back({classes + "phi > 0 just below s* = " + ratio_at(high, K),
                                   {"u"},
                                   {interval(high, high)},
                                   [K](const Box& box) { return positive(turning(box[0].hull(), K)); }});
        statement.parts.push_back({classes + "phi < 0 just above s* = " + ratio_at(low, K),
                                   {"u"},
                                   {interval(low, low)},
                                   [K](const Box& box) { return positive(-turning(box[0].hull(), K)); }});
    }
    return statement;
}

}  // namespace

std::vector<BoxStatement> monotonicity_statements() {
    std::vector<BoxStatement> statements{margin_sign(), weights_increase()};
    for (BoxStatement& statement : norms_in_the_count()) {
        statements.push_back(std::move(statement));
    }
    statements.push_back(feature_norm_turns());
    return statements;
}

}  // namespace ncverify::properties
