// Cosines of the classifiers as functions of the count.
//
// With S = sum a_m, D(a) = S + K (K-2) a and p as in Proposition 1: ||w_k||^2 = p D(a_k),
// w_k . w_j = p (S - K (a_k + a_j)).
#include "properties/boxes/bounds.hpp"
#include "properties/boxes/proofs.hpp"

namespace ncverify::properties {

namespace {

// cos_B - cos_A = K^2 S (a_A - a_B) / (D(a_A) D(a_B)) inside two groups, multiplied out: of degree three at
// most in K, two in K_A and in K_B, and homogeneous of degree two in (a_A, a_B). So it holds if it holds at
// five K, three K_A, three K_B and three pairwise independent (a_A, a_B).
bool group_algebra() {
    const std::vector<Rational> three{0, 1, 2};
    for (const Rational& K : {Rational(0), Rational(1), Rational(2), Rational(3), Rational(4)}) {
        for (const auto& [A, B] : {std::pair<Rational, Rational>{1, 0}, {0, 1}, {1, 1}}) {
            for (const Rational& K_A : three) {
                for (const Rational& K_B : three) {
                    const Rational S = K_A * A + K_B * B;
                    const Rational left =
                        (S - 2 * K * B) * (S + K * (K - 2) * A) - (S - 2 * K * A) * (S + K * (K - 2) * B);
                    if (left != K * K * S * (A - B)) {
                        return false;
                    }
                }
            }
        }
    }
    return true;
}

// The sizes of the groups enter S alone, which is positive whatever they are.
BoxStatement group_order() {
    const Interval unit = interval(0, 1);
    const std::string words =
        "K in [2, 100000], every K_A + K_B = K, every s above K/(K-1): u_A, u_B in [0, 1]";
    return {"cor3.order",
            "two groups, n_A > n_B, majority not collapsed: cos_major < cos_minor",
            "cos_minor - cos_major = K^2 S (a_A - a_B) / (D(a_A) D(a_B)), S and D positive since a_A is; "
            "a_A - a_B = (s_A - s_B) a'(xi), so the boxes decide the quotient and touch s_A = s_B. Where the "
            "majority has collapsed too, no cosine is defined",
            {{words + ": a_A > 0",
              {"u_A"},
              {unit},
              [](const Box& box) { return positive(margin_quotient(box[0])); }},
             {words + ": (a_A - a_B)/(s_A - s_B) > 0",
              {"u_A", "u_B", "K"},
              {unit, unit, interval(2, largest_classes)},
              [](const Box& box) { return positive(weight_slope(span(box[0], box[1]), box[2])); }},
             {"the same, minority collapsed: a_A - a_B = a_A > 0",
              {"u_A"},
              {unit},
              [](const Box& box) { return positive(margin_quotient(box[0])); }}},
            group_algebra};
}

// d/da (S - K a_j - K a)/sqrt(D(a)) = -K^2/2 (S + (K-2)(a - a_j)) / D(a)^(3/2): multiplied by D^(3/2), of
// degree three in K and one in each of S, a, a_j.
bool cosine_algebra() {
    const std::vector<Rational> two{0, 1};
    for (const Rational& K : {Rational(0), Rational(1), Rational(2), Rational(3), Rational(4)}) {
        for (const Rational& S : two) {
            for (const Rational& a : two) {
                for (const Rational& a_j : two) {
                    const Rational D = S + K * (K - 2) * a;
                    const Rational derivative = -K * D - (S - K * a_j - K * a) * K * (K - 2) / 2;
                    if (derivative != -K * K / 2 * (S + (K - 2) * (a - a_j))) {
                        return false;
                    }
                }
            }
        }
    }
    return true;
}

BoxStatement three_classes() {
    const Interval unit = interval(0, 1);
    return {
        "text41.cosine.decreasing",
        "K = 3: n_i > n_k, class i not collapsed, implies cos(w_i, w_j) < cos(w_k, w_j)",
        "cos(w_k, w_j) - cos(w_i, w_j) is a positive multiple of S + (K-2)(a - a_j) at some a between a_k "
        "and a_i; at K = 3 that is a_i + a_k + a = a_i (1 + rho + tau). (a_i > a_k by cor2.monotone.)",
        {{"K = 3, every count and lW lH: rho = a_k/a_i and tau = a/a_i in [0, 1]",
          {"rho", "tau"},
          {unit, unit},
          [](const Box& box) {
              return positive(Enclosure(1) + box[0].low + box[1].low,
                              Enclosure(1) + box[0].high + box[1].high);
          }}},
        cosine_algebra};
}

// sqrt(D(a_j)/S) (cos(w_k, w_j) - cos(w_i, w_j)) for shares x = a/S of the sum.
Enclosure cosine_difference(const Enclosure& x_i, const Enclosure& x_k, const Enclosure& x_j, long classes) {
    const Enclosure K(classes), one(1);
    const auto part = [&](const Enclosure& x) {
        return (one - K * (x + x_j)) / sqrt(one + K * (K - Enclosure(2)) * x);
    };
    return part(x_k) - part(x_i);
}

BoxStatement four_classes_and_more() {
    BoxStatement statement{
        "text41.cosine.decreasing",
        "K = 4..16, one class dominating: n_i > n_k implies cos(w_i, w_j) <= cos(w_k, w_j)",
        "cosines depend on the shares x = a/S alone; any shares occur, since a maps the s >= K/(K-1) onto "
        "the "
        "a >= 0 and c is free. A box where this fails is a set of configurations, not a single one",
        {}};
    for (long K = 4; K <= 16; ++K) {
        statement.parts.push_back(
            {"K = " + std::to_string(K) +
                 ", x_j in [9/10, 19/20], x_i in [1/50, 1/40], x_k in [1/100, 1/80], "
                 "the remaining classes sharing the rest",
             {"x_i", "x_k", "x_j"},
             {interval(Rational(1, 50), Rational(1, 40)), interval(Rational(1, 100), Rational(1, 80)),
              interval(Rational(9, 10), Rational(19, 20))},
             [K](const Box& box) {
                 return positive(cosine_difference(box[0].hull(), box[1].hull(), box[2].hull(), K));
             }});
    }
    return statement;
}

}  // namespace

std::vector<BoxStatement> cosine_statements() {
    return {group_order(), three_classes(), four_classes_and_more()};
}

}  // namespace ncverify::properties
