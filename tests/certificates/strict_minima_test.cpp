// The search for all strict local minima: complete on small problems, and not where a minimum is withheld.
#include "certificates/strict_minima.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "certificates/interval.hpp"
#include "certificates/local_minimum.hpp"
#include "certificates/minima_box.hpp"
#include "problem/errors.hpp"
#include "problem/random.hpp"
#include "properties/certified.hpp"
#include "solvers/block_refine.hpp"
#include "solvers/descent.hpp"
#include "solvers/solve.hpp"

using namespace ncverify;
using namespace ncverify::certificates;

namespace {

struct Found {
    std::vector<Turned> points;
    std::vector<Enclosure> errors, values;
};

// Descends from random points; keeps what is proven, each value once.
Found descended(const Configuration& configuration, std::uint64_t starts) {
    Found found;
    const solvers::ScaledProblem problem = solvers::scaled_problem(configuration);
    constexpr long digits = 20;
    for (std::uint64_t start = 0; start < starts; ++start) {
        Random random(start);
        solvers::ScaledPoint point = solvers::random_point(problem, random);
        solvers::descend(problem, point, solvers::DescentOptions{});
        const auto minimizer = solvers::refine_shared(configuration, problem, point, digits);
        if (!minimizer) {
            continue;
        }
        const EnclosedPoint enclosed = enclosed_point(properties::make_certificate(
            configuration, digits, *minimizer,
            solvers::dual_slopes(configuration, minimizer->missing_weight, digits)));
        const LocalMinimum minimum = local_minimum(configuration, enclosed);
        Turned turned;
        if (!minimum.proven || !turn(configuration, enclosed, turned).empty() ||
            turned.classifier.cols() != configuration.dimension) {
            continue;
        }
        bool met = false;
        for (const Enclosure& value : found.values) {
            met = met || certainly_less(abs(value - minimum.value), Enclosure(1e-10));
        }
        if (!met) {
            found.points.push_back(turned);
            found.errors.push_back(minimum.distance);
            found.values.push_back(minimum.value);
        }
    }
    return found;
}

}  // namespace

TEST_CASE("one coordinate: each class may have it, and there are no other strict minima") {
    const PrecisionScope scope(60);
    const Configuration configuration = make_configuration({3, 2, 1}, "1/20", "1/20", 1);
    const Found found = descended(configuration, 30);
    REQUIRE(found.values.size() == 3);
    const StrictMinima searched = search_strict_minima(configuration, found.points, found.errors, {});
    CHECK(searched.complete());
    CHECK(searched.known > 0);
    CHECK(searched.saddle > 0);
    CHECK(searched.boxes > 1000);
    // A minimum withheld: the boxes around it cannot be closed, whichever it is.
    for (std::size_t withheld = 0; withheld < 3; ++withheld) {
        Found fewer = found;
        fewer.points.erase(fewer.points.begin() + static_cast<std::ptrdiff_t>(withheld));
        fewer.errors.erase(fewer.errors.begin() + static_cast<std::ptrdiff_t>(withheld));
        CHECK(!search_strict_minima(configuration, fewer.points, fewer.errors, {50'000, 40}).complete());
    }
    // A point that is none in place of one: its neighbourhood is convex, but it is somewhere else.
    Found wrong = found;
    wrong.points[0].classifier(0, 0) *= Enclosure(-1);
    CHECK(!search_strict_minima(configuration, wrong.points, wrong.errors, {50'000, 40}).complete());
}

TEST_CASE("two classes and two coordinates: each has its own, or one has both, which is not strict") {
    const PrecisionScope scope(60);
    const Configuration configuration = make_configuration({3, 1}, "1/10", "1/10", 2);
    const Found found = descended(configuration, 20);
    REQUIRE(found.values.size() == 1);
    const StrictMinima searched = search_strict_minima(configuration, found.points, found.errors, {});
    CHECK(searched.complete());
    CHECK(searched.copies > 0);
}

TEST_CASE("limits leave boxes undecided, and that is said; what cannot be searched is refused") {
    const Configuration configuration = make_configuration({3, 2, 1}, "1/20", "1/20", 1);
    const StrictMinima searched = search_strict_minima(configuration, {}, {}, {100, 60});
    CHECK(searched.boxes == 100);
    CHECK(searched.undecided > 0);
    CHECK_THROWS_AS(search_strict_minima(make_configuration({1, 1, 1, 1}, "1/20", "1/20", 2), {}, {}, {}),
                    InputError);
    CHECK_THROWS_AS(search_strict_minima(make_configuration({1, 1}, "10", "10", 1), {}, {}, {}), InputError);
}

TEST_CASE("a box around a stationary point is not ruled out, and has its features and probabilities") {
    const PrecisionScope scope(60);
    const Configuration configuration = make_configuration({3, 2, 1}, "1/20", "1/20", 1);
    const MinimaConstants constants = minima_constants(configuration);
    const Found found = descended(configuration, 30);
    for (const Turned& at : found.points) {
        Eigen::Index chart = 0;
        Vector<double> v(3);
        for (Eigen::Index m = 0; m < 3; ++m) {
            v[m] = arf_get_d(arb_midref(at.classifier(m, 0).data()), ARF_RND_NEAR);
        }
        const double longest = v.maxCoeff(&chart);
        MinimaBox box;
        const double free = v[chart == 0 ? 1 : 0] / longest, tau = longest * longest;
        for (const double width : {1e-9, 1e-6, 1e-3, 1e-1}) {
            box.columns = {
                {chart, Interval(tau - width, tau + width), {Interval(free - width, free + width)}}};
            const Surroundings around = surroundings(constants, box);
            REQUIRE(!around.empty);
            CHECK(!no_stationary_point(constants, box, around));
            for (std::size_t k = 0; k < 3; ++k) {
                const Enclosure feature =
                    at.features(0, static_cast<Eigen::Index>(k)) /
                    (scaled_constants(configuration).pull[static_cast<Eigen::Index>(k)] * Enclosure(longest));
                const double value = arf_get_d(arb_midref(feature.data()), ARF_RND_NEAR);
                CHECK(positive_part(around.gain[k][0]).low <= value + 1e-12);
                CHECK(positive_part(around.gain[k][0]).high >= value - 1e-12);
            }
        }
        // Beside it, in a direction or a length, there is none.
        box.columns = {{chart, Interval(tau * 1.5, tau * 1.5 + 1e-3), {Interval(free - 1e-3, free + 1e-3)}}};
        CHECK(no_stationary_point(constants, box, surroundings(constants, box)));
    }
}

TEST_CASE("what holds in a box contains what holds at each of its points") {
    const Configuration configuration = make_configuration({3, 2, 1}, "1/30", "1/30", 2);
    const MinimaConstants constants = minima_constants(configuration);
    Random random(7);
    constexpr int trials = 300;
    int told = 0;
    for (int trial = 0; trial < trials; ++trial) {
        MinimaBox box, inside;
        const double width = std::pow(10.0, -3 * random.uniform());
        for (long i = 0; i < 2; ++i) {
            const auto chart = static_cast<long>(random.next() % 3);
            const double tau = 4 * random.uniform(), free = 1.4 * random.uniform() - 1.45;
            box.columns.push_back({chart, Interval(tau, tau + width), {Interval(free, free + width)}});
            inside.columns.push_back({chart,
                                      Interval(tau + width * random.uniform()),
                                      {Interval(free + width * random.uniform())}});
        }
        const Surroundings wide = surroundings(constants, box), narrow = surroundings(constants, inside);
        REQUIRE(!narrow.empty);
        for (std::size_t k = 0; k < 3; ++k) {
            for (std::size_t i = 0; i < 2; ++i) {
                told += narrow.gain[k][i].width() < 1e-6 ? 1 : 0;
                CHECK(wide.gain[k][i].low <= narrow.gain[k][i].high);
                CHECK(wide.gain[k][i].high >= narrow.gain[k][i].low);
            }
            for (std::size_t m = 0; m < 3; ++m) {
                CHECK(wide.p[k][m].low <= narrow.p[k][m].high);
                CHECK(wide.p[k][m].high >= narrow.p[k][m].low);
            }
        }
    }
    CHECK(told > 0.95 * 6 * trials);  // else the points are hardly narrower than the boxes
}

TEST_CASE("intervals contain what they should") {
    Random random(3);
    for (int trial = 0; trial < 2000; ++trial) {
        const auto drawn = [&] {
            const double a = 4 * random.uniform() - 2;
            return Interval(a, a + random.uniform());
        };
        const Interval a = drawn(), b = drawn();
        const double x = a.low + a.width() * random.uniform(), y = b.low + b.width() * random.uniform();
        const auto within = [](double value, const Interval& interval) {
            return interval.low <= value && value <= interval.high;
        };
        CHECK(within(x + y, a + b));
        CHECK(within(x - y, a - b));
        CHECK(within(x * y, a * b));
        CHECK(within(x * x, square(a)));
        CHECK(within(std::sqrt(std::max(0.0, x)), root(positive_part(a))));
    }
}

TEST_CASE("an interval's ends are never NaN, whatever becomes infinite") {
    constexpr double infinity = std::numeric_limits<double>::infinity(),
                     largest = std::numeric_limits<double>::max();
    const std::vector<double> ends = {-infinity, -largest, -1, 0, 1, largest, infinity};
    std::vector<Interval> all;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        for (std::size_t j = i; j < ends.size(); ++j) {
            all.emplace_back(ends[i], ends[j]);
        }
    }
    const auto holds = [](const Interval& interval, double value) {
        return interval.low <= value && value <= interval.high;
    };
    for (const Interval& a : all) {
        for (const Interval& b : all) {
            for (const Interval& result :
                 {a + b, a - b, a * b, square(a), root(a), exponential(a), positive_part(a), common(a, b)}) {
                CHECK_FALSE((std::isnan(result.low) || std::isnan(result.high)));
            }
            // Zero times whatever is in the other one is zero, and infinity is not in it.
            if (a.contains_zero() || b.contains_zero()) {
                CHECK((a * b).contains_zero());
            }
            for (const double x : {-1.0, 0.0, 1.0}) {
                for (const double y : {-1.0, 0.0, 1.0}) {
                    if (holds(a, x) && holds(b, y)) {
                        CHECK(holds(a * b, x * y));
                        CHECK(holds(a + b, x + y));
                        CHECK(holds(a - b, x - y));
                    }
                }
            }
        }
    }
    Enclosure undefined;
    arb_indeterminate(undefined.data());
    for (const Interval& unknown : {Interval(std::nan("")), Interval(undefined)}) {
        CHECK(unknown.contains_zero());
        CHECK(positive_part(unknown).high == infinity);
    }
}

TEST_CASE("decays beyond the doubles: nothing is closed by what overflows") {
    // One coordinate, and a class that lives: there is a strict minimum, which the list does not hold.
    for (const char* decay : {"1e-150", "1e-160", "1e-320", "1e-700", "1e-9999"}) {
        for (const std::vector<long long>& counts : {std::vector<long long>{1, 1}, {3, 2, 1}}) {
            CAPTURE(decay, counts.size());
            CHECK_FALSE(search_strict_minima(make_configuration(counts, decay, decay, 1), {}, {}, {300, 60})
                            .complete());
        }
    }
}

TEST_CASE("an interval's exponential contains the exponentials of its ends, as Arb knows them") {
    Random random(4);
    const PrecisionScope scope(40);
    const double epsilon = std::numeric_limits<double>::epsilon();
    const auto check = [&](double x) {
        const Interval found = exponential(Interval(x));
        const Enclosure exact = exp(Enclosure(x));
        INFO("x = " << x);
        CHECK(certainly_negative(Enclosure(found.low) - exact));
        CHECK((std::isinf(found.high) || certainly_negative(exact - Enclosure(found.high))));
        return exact;
    };
    double worst = 0;  // in epsilons, of what the bound of 32 is said of
    for (int trial = 0; trial < 20000; ++trial) {
        const double x = (trial % 2 == 0 ? 700 : 1) * (2 * random.uniform() - 1);
        const Enclosure exact = check(x), off = (Enclosure(exponential_nearly(x)) - exact) / exact;
        worst = std::max(worst, std::abs(arf_get_d(arb_midref(off.data()), ARF_RND_NEAR)) / epsilon);
    }
    CHECK(worst < 32);
    CHECK(worst > 0.1);  // or nothing was compared
    // Where log 2 is halved, where numbers underflow and overflow, and beyond.
    for (const double x :
         {0.0, 0.34657359027997264, 0.34657359027997270, -0.34657359027997270, 708.5, 709.0, 709.7, 709.79,
          800.0, 1e6, -708.4, -709.0, -709.5, -744.0, -745.13, -746.0, -1e6}) {
        check(x);
    }
    CHECK(exponential(Interval(-1e6)).low == 0);
    CHECK(exponential(Interval(1e300)).low > 8e307);
}
