// Printed digits beside a peer of many more, and what no peer decides: numbers exactly halfway between two.
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "theory/closed_form.hpp"
#include "theory/exact_values.hpp"
#include "theory/printed.hpp"
#include "theory/rounding.hpp"

using namespace ncverify;
using namespace ncverify::theory;

namespace {

constexpr long peer_digits = 300;

/// The closed forms from the formulas of docs/model.md, in plain multiprecision arithmetic.
struct Peer {
    PrecisionScope scope{peer_digits};
    Multiprecision loss{0}, sum{0}, factor;
    std::vector<Multiprecision> margin, weight;
    long classes;

    explicit Peer(const Configuration& configuration) : classes(configuration.classes()) {
        const auto number = [](const Rational& x) { return from_rational<Multiprecision>(x); };
        const Multiprecision c = sqrt(number(configuration.c_squared()));
        const Rational samples(configuration.samples()), K(classes);
        for (const long long count : configuration.counts) {
            const Multiprecision root = sqrt(number(count)), odds = (classes - 1) * (root / c - 1);
            margin.push_back(odds > 1 ? Multiprecision(log(odds)) : Multiprecision(0));
            weight.push_back(root * margin.back());
            sum += weight.back();
            loss +=
                number(count / samples) * log(1 + (classes - 1) * exp(-margin.back())) +
                weight.back() * sqrt(number((K - 1) / K * configuration.lambda_w * configuration.lambda_h));
        }
        factor = sqrt(number(configuration.lambda_h / configuration.lambda_w / (K * K * K * (K - 1))));
    }
    Multiprecision inner(std::size_t k, std::size_t j) const {
        return factor * (sum - classes * (weight[k] + weight[j]));
    }
    Multiprecision norm_squared(std::size_t k) const {
        return factor * (classes * (classes - 2) * weight[k] + sum);
    }
    Multiprecision cosine(std::size_t k, std::size_t j) const {
        return inner(k, j) / sqrt(norm_squared(k) * norm_squared(j));
    }
};

/// Whether `text` has `digits` digits and no decimal of so many is nearer to `value`.
bool is_nearest(const std::string& text, const Multiprecision& value, long digits) {
    const Multiprecision tiny = pow(Multiprecision(10), -peer_digits / 2);
    if (text == "0") {
        return abs(value) < tiny;
    }
    const auto mark = text.find('e');
    const std::string mantissa = text.substr(0, mark);
    const long shown =
        std::count_if(mantissa.begin(), mantissa.end(), [](char x) { return std::isdigit(x); });
    const long exponent = mark == std::string::npos ? 0 : std::stol(text.substr(mark + 1));
    const Multiprecision unit = pow(Multiprecision(10), exponent - digits + 1);
    const Multiprecision off = abs(from_rational<Multiprecision>(parse_rational(text, "test")) - value);
    return shown == digits && 2 * off <= unit * (1 + tiny);
}

void check_digits(const Configuration& configuration, long digits) {
    const PrintedForm form = printed_form(configuration, digits, true);
    const Peer peer(configuration);
    RC_ASSERT(form.undecided.empty());
    RC_ASSERT(is_nearest(form.minimum_loss, peer.loss, digits));
    for (std::size_t k = 0; k < form.group.size(); ++k) {
        const PrintedClass& printed = form.groups[form.group[k]];
        RC_ASSERT(is_nearest(printed.margin, peer.margin[k], digits));
        RC_ASSERT(is_nearest(printed.classifier_norm_squared, peer.norm_squared(k), digits));
        for (std::size_t j = 0; j < k; ++j) {
            RC_ASSERT(is_nearest(form.inner[form.group[k]][form.group[j]], peer.inner(k, j), digits));
            if (!form.own_cosine.empty()) {
                RC_ASSERT(is_nearest(form.cosine[form.group[k]][form.group[j]], peer.cosine(k, j), digits));
            }
        }
    }
}

/// Classes of one margin: how many, and y = e^M.
struct Group {
    long classes;
    Rational y;
};

/// Counts ((y + K-1) D)^2 of the groups at c = (K-1) D, then `collapsed` classes of one sample.
Configuration of_groups(const std::vector<Group>& groups, long collapsed) {
    long classes = collapsed;
    Integer scale = 1;
    for (const Group& group : groups) {
        classes += group.classes;
        scale = lcm(scale, denominator(group.y));
    }
    std::vector<long long> counts;
    for (const Group& group : groups) {
        const auto root = Rational((group.y + classes - 1) * scale).convert_to<long long>();
        counts.insert(counts.end(), static_cast<std::size_t>(group.classes), root * root);
    }
    counts.insert(counts.end(), static_cast<std::size_t>(collapsed), 1);
    const Configuration any = make_configuration(counts, "1", "1");
    const Rational c = (classes - 1) * scale;
    return make_configuration(counts, to_string(c * c / any.c_squared()), "1");
}

/// The digits of a terminating decimal, or 0.
long decimal_digits(const Rational& value) {
    for (long digits = 1; digits < 12; ++digits) {
        if (parse_rational(rounded(value, digits), "test") == value) {
            return digits;
        }
    }
    return 0;
}

Configuration moved(const Configuration& configuration, const Rational& by) {
    return make_configuration(configuration.counts, to_string(configuration.lambda_w + by),
                              configuration.lambda_h_text);
}

/// Checks that `cosine`, of two different classes k and j, is printed rightly at every number of digits, and
/// with lambdas a little off. Returns whether it is a tie at one of them: the shortest but one.
int check_cosine(const Configuration& configuration, long k, long j, const Rational& cosine) {
    CAPTURE(configuration.command_line(), k, j, to_string(cosine));
    CHECK(rational_cosine(configuration, k, j) == cosine);
    const auto first = static_cast<std::size_t>(k), second = static_cast<std::size_t>(j);
    const long length = decimal_digits(cosine);
    for (long digits = 1; digits <= length; ++digits) {
        const auto printed = [&](const Configuration& of) {
            const PrintedForm form = printed_form(of, digits, true);
            CHECK(form.undecided.empty());
            return form.cosine[form.group[first]][form.group[second]];
        };
        CHECK(printed(configuration) == rounded(cosine, digits));
        for (const char* by : {"1e-40", "-1e-40"}) {
            const Configuration close = moved(configuration, parse_rational(by, "test"));
            CHECK_FALSE(rational_cosine(close, k, j) == cosine);
            CHECK(is_nearest(printed(close), Peer(close).cosine(first, second), digits));
        }
    }
    const std::string all = rounded(cosine, length);
    return length > 1 && all.substr(0, all.find('e')).back() == '5' ? 1 : 0;
}

Rational power(const Rational& base, int exponent) {
    return exponent == 0 ? Rational(1) : base * power(base, exponent - 1);
}

/// Checks each cosine that is a terminating decimal, of a configuration in which the margins of both groups
/// are `low` and `high` times one number. Returns the number of ties.
int check_two_margins(const Group& first, int low, const Group& second, int high, long collapsed) {
    const long K = first.classes + second.classes + collapsed;
    if (K < 3) {
        return 0;
    }
    // a_k in multiples of one number, for the classes of either group and the collapsed ones.
    const std::vector<Rational> weight = {(first.y + K - 1) * low, (second.y + K - 1) * high, 0};
    const std::vector<long> classes = {first.classes, second.classes, collapsed};
    const std::vector<long> start = {0, first.classes, first.classes + second.classes};
    const Rational S = first.classes * weight[0] + second.classes * weight[1];
    int ties = 0;
    for (std::size_t g = 0; g < 2; ++g) {
        for (std::size_t h = g; h < 3; ++h) {
            const Rational square = (S + K * (K - 2) * weight[g]) * (S + K * (K - 2) * weight[h]);
            const Rational root(sqrt(numerator(square)), sqrt(denominator(square)));
            if (classes[h] > (g == h ? 1 : 0) && root * root == square) {
                const Rational cosine = (S - K * (weight[g] + weight[h])) / root;
                if (cosine != 0 && decimal_digits(cosine) > 1) {
                    ties += check_cosine(of_groups({first, second}, collapsed), start[g],
                                         start[h] + (g == h ? 1 : 0), cosine);
                }
            }
        }
    }
    return ties;
}

}  // namespace

TEST_CASE("digits are those of a peer at 300 digits") {
    rc::prop("random configurations, many of squares and near their thresholds", [] {
        const long largest = *rc::gen::element(6L, 40L, 1000L);
        const bool squares = *rc::gen::arbitrary<bool>();
        std::vector<long long> counts;
        for (int k = *rc::gen::inRange(2, 6); k > 0; --k) {
            const long root = *rc::gen::inRange(1L, largest);
            counts.push_back(squares ? root * root : root);
        }
        const std::string lambda_w =
            to_string(Rational(*rc::gen::inRange(1, 20), *rc::gen::inRange(50, 30000)));
        const std::string lambda_h = *rc::gen::element<std::string>("1", "1/10", "3e-3");
        check_digits(make_configuration(counts, lambda_w, lambda_h), *rc::gen::inRange(1L, 40L));
    });
}

TEST_CASE("cosines between different counts are rounded half to even") {
    const auto cosine = [](const std::vector<long long>& counts, const char* lambda_w, long digits,
                           std::size_t g, std::size_t h) {
        const PrintedForm form = printed_form(make_configuration(counts, lambda_w, "1"), digits, true);
        CHECK(form.undecided.empty());
        return form.cosine[g][h];
    };
    CHECK(cosine({4, 4, 9}, "3/578", 2, 0, 0) == "-1.2e-1");          // -1/8
    CHECK(cosine({16, 25, 25, 49}, "12/13225", 1, 1, 1) == "-2e-1");  // -1/4
    CHECK(cosine({4, 9, 9}, "3/968", 3, 1, 1) == "-6.88e-1");         // -11/16
}

TEST_CASE("ties of two margins, one a multiple of the other, are recognised") {
    int ties = 0;
    for (const Rational& base : {Rational(2), Rational(3), Rational(3, 2)}) {
        for (const auto& [low, high] : {std::pair(1, 2), std::pair(1, 3), std::pair(2, 3)}) {
            for (int shape = 0; shape < 6 * 6 * 7; ++shape) {
                ties += check_two_margins({1 + shape % 6, power(base, low)}, low,
                                          {1 + shape / 6 % 6, power(base, high)}, high, shape / 36);
            }
        }
    }
    CHECK(ties > 20);
}

TEST_CASE("ties where other margins add up to a multiple of one are recognised") {
    // sum_m a_m is a multiple of a_1 although the margins are logarithms of 2 and of 3:
    // those of the other groups cancel the 3.
    int ties = 0;
    ties += check_cosine(of_groups({{4, 8}, {2, 12}, {3, Rational(16, 3)}}, 0), 0, 1, Rational(-1, 8));
    ties += check_cosine(of_groups({{2, 8}, {4, 6}, {3, Rational(32, 3)}}, 0), 0, 1, Rational(-1, 8));
    ties += check_cosine(of_groups({{12, 16}, {2, 24}, {3, Rational(32, 3)}}, 0), 0, 1, Rational(-1, 16));
    ties += check_cosine(of_groups({{10, 2}, {5, 18}, {12, Rational(32, 3)}}, 0), 0, 1, Rational(11, 200));
    ties += check_cosine(of_groups({{3, 8}, {2, 36}, {12, Rational(4, 3)}}, 0), 0, 1, Rational(-67, 800));
    ties += check_cosine(of_groups({{5, 8}, {4, 24}, {6, Rational(32, 3)}}, 2), 0, 1, Rational(-101, 2500));
    check_cosine(of_groups({{2, 4}, {2, 12}, {3, Rational(16, 3)}}, 2), 0, 7, Rational(1, 10));
    CHECK(ties == 5);
}

TEST_CASE("a number that is open at the cap is named") {
    const Configuration configuration = make_configuration({4, 9, 9}, "1e-3", "1");
    CHECK(precision_cap(configuration, 50) >= 16 * 50);
    const PrintedForm form = printed_form(configuration, 50, true, 40);
    CHECK(form.undecided == "the cosine of classes 2 and 3");
    CHECK(form.working_digits == 40);
    CHECK(printed_form(configuration, 50, true).undecided.empty());
}
