#include "certificates/krawczyk.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "certificates/krawczyk_block.hpp"
#include "certificates/point.hpp"
#include "problem/random.hpp"
#include "properties/certified.hpp"

using namespace ncverify;
using namespace ncverify::certificates;

namespace {

Certificate solved(const Configuration& configuration, long digits) {
    solvers::SolveOptions options;
    options.digits = digits;
    const auto result = properties::solve_and_certify(configuration, options);
    REQUIRE(result.solution.status == solvers::SolutionStatus::certified);
    return result.certificate;
}

// Largest |difference| of two certificates' entries of W and H. The search is the same at every precision, so
// both found the same of the equivalent minimisers.
Enclosure distance(const Certificate& a, const Certificate& b) {
    const EnclosedPoint x = enclosed_point(a), y = enclosed_point(b);
    Enclosure largest(0);
    const auto meet = [&largest](const Matrix<Enclosure>& p, const Matrix<Enclosure>& q) {
        for (Eigen::Index i = 0; i < p.size(); ++i) {
            const Enclosure difference = abs(p.data()[i] - q.data()[i]).upper();
            largest = certainly_less(largest, difference) ? difference : largest;
        }
    };
    meet(x.classifier, y.classifier);
    meet(x.features, y.features);
    return largest;
}

// Every entry times 1 + size * u, u uniform in [-1, 1]; zeros stay.
Certificate perturbed(Certificate certificate, double size, Random& random) {
    const PrecisionScope scope(200);
    for (auto* table : {&certificate.classifier, &certificate.features}) {
        for (auto& row : *table) {
            for (Text& entry : row) {
                const Multiprecision value =
                    Multiprecision(entry.str()) * (1 + Multiprecision(size) * (2 * random.uniform() - 1));
                entry = value == 0 ? Text() : Text(value.str(150, std::ios_base::scientific));
            }
        }
    }
    return certificate;
}

const std::vector<Configuration>& located() {
    static const std::vector<Configuration> configurations = {
        make_configuration({100, 100, 200, 200, 300, 300, 400, 400, 500, 500}, "1e-4", "1e-5"),
        make_configuration({3, 5, 9}, "1e-3", "1e-3"),
        make_configuration({2, 3}, "1/100", "1/300"),
        make_configuration({10, 1000, 100000}, "1e-6", "1e-12"),
        // 10 is one part in a million above its threshold.
        make_configuration({10, 30}, "1/40", "999999/8000000"),
    };
    return configurations;
}

}  // namespace

TEST_CASE("a true minimiser lies within about the solver's error of the certified point") {
    for (const Configuration& configuration : located()) {
        INFO(configuration.command_line());
        const Certificate certificate = solved(configuration, 30);
        const NearbyMinimiser nearby = nearby_minimiser(certificate);
        INFO(nearby.reason);
        REQUIRE(nearby.proven);
        CHECK(nearby.relative_radius.magnitude() < 1e-30);
        const PrecisionScope scope(150);
        const Certificate finer = solved(configuration, 90);
        CHECK(certainly_less(distance(certificate, finer), nearby.radius));
        CHECK(certainly_less(nearby.radius, Enclosure(4) * distance(certificate, finer)));
    }
}

TEST_CASE("a point moved away: the radius contains the true minimiser, or there is none") {
    std::vector<Certificate> fine;
    for (const Configuration& configuration : located()) {
        fine.push_back(solved(configuration, 60));
    }
    int proven = 0, refused = 0;
    rc::prop("relative errors from 10^-25 to 1", [&] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        const Certificate& truth = fine[random.next() % fine.size()];
        const double exponent = 25 * random.uniform();
        Certificate moved = perturbed(truth, std::pow(10.0, -exponent), random);
        moved.digits = 20;
        const NearbyMinimiser nearby = nearby_minimiser(moved);
        RC_ASSERT(nearby.proven == nearby.reason.empty());
        if (!nearby.proven) {
            RC_ASSERT(exponent < 18);
            ++refused;
            return;
        }
        ++proven;
        const PrecisionScope scope(150);
        const Enclosure error = distance(moved, truth);
        // The true minimiser itself is only known to the truth's digits.
        RC_ASSERT(certainly_less(error, nearby.radius + Enclosure(1e-50)));
        RC_ASSERT(certainly_less(nearby.radius, Enclosure(100) * error));
    });
    CHECK(proven > 30);
    CHECK(refused > 3);
    Random random(7);
    const Certificate rough = perturbed(fine[0], 1e-3, random);
    const NearbyMinimiser nearby = nearby_minimiser(rough);
    if (nearby.proven) {
        const PrecisionScope scope(100);
        CHECK(certainly_less(distance(rough, fine[0]), nearby.radius));
    }
}

TEST_CASE("far from every stationary point nothing is claimed") {
    const Configuration configuration = make_configuration({3, 5, 9}, "1e-3", "1e-3");
    const PrecisionScope scope(60);
    const EnclosedPoint point = enclosed_point(solved(configuration, 30));
    Eigen::Index used = 0;
    while (arb_is_zero(point.features(used, 2).data()) != 0) {
        ++used;
    }
    const Block truth{used, 2, point.classifier.col(used), point.features(used, 2)};
    CHECK(krawczyk(configuration, truth).undecided.empty());
    // Close by, the Hessian over the box is what fails next:
    // the reason shows that containment was asked first.
    for (const double factor : {1.003, 1.01, 1.03}) {
        Block near = truth;
        near.feature *= Enclosure(factor);
        CHECK(krawczyk(configuration, near).undecided == "Krawczyk's operator does not contract");
    }
    for (const double factor : {0.1, 0.5, 2.0, 3.0, 10.0}) {
        Block far = truth;
        far.feature *= Enclosure(factor);
        CHECK_FALSE(krawczyk(configuration, far).undecided.empty());
        far = truth;
        far.weights *= Enclosure(factor);
        CHECK_FALSE(krawczyk(configuration, far).undecided.empty());
    }
}

TEST_CASE("a collapsed class is fine; at its exact threshold, or above it, the point is refused") {
    // T = N^2 K/(K-1) lW lH = 16 * 2 / 16 = 2 > 1.
    const NearbyMinimiser collapsed = nearby_minimiser(solved(make_configuration({1, 3}, "1/4", "1/4"), 30));
    CHECK(collapsed.proven);
    const Certificate degenerate = solved(make_configuration({1, 3}, "1/4", "1/8"), 30);
    // T = 1 exactly: whatever stands in class 1's coordinate, its Jacobian is singular there.
    CHECK_FALSE(nearby_minimiser(degenerate).proven);
    REQUIRE((degenerate.features[1][0] == "0" || degenerate.features[1][1] == "0"));
    rc::prop("a small feature in the degenerate class", [&] {
        Certificate tiny = degenerate;
        const int exponent = *rc::gen::inRange(1, 30);
        const std::size_t coordinate = tiny.features[1][0] == "0" ? 0 : 1;
        tiny.features[0] = {"0", "0"};
        tiny.features[0][coordinate] = "1e-" + std::to_string(exponent);
        // Stationary in w to first order: w = n h / (2 N lW) (1, -1) = h/2 (1, -1).
        tiny.classifier[0][coordinate] = "5e-" + std::to_string(exponent + 1);
        tiny.classifier[1][coordinate] = "-5e-" + std::to_string(exponent + 1);
        RC_ASSERT(!nearby_minimiser(tiny).proven);
    });
    // A dead class: its coordinate emptied exactly. Stationary, but no local minimiser.
    Certificate dead = solved(make_configuration({3, 5, 9}, "1e-3", "1e-3"), 30);
    for (std::size_t i = 0; i < 3; ++i) {
        if (!dead.features[1][i].is_zero()) {
            dead.features[1][i] = "0";
            for (auto& row : dead.classifier) {
                row[i] = "0";
            }
        }
    }
    const NearbyMinimiser gains = nearby_minimiser(dead);
    CHECK_FALSE(gains.proven);
    CHECK(gains.reason.find("would gain") != std::string::npos);
}

TEST_CASE("points that the test is not for are refused with the reason") {
    const Certificate good = solved(make_configuration({3, 5, 9}, "1e-3", "1e-3", 4), 30);
    const auto refused = [](const Certificate& certificate, const char* why) {
        const NearbyMinimiser nearby = nearby_minimiser(certificate);
        CHECK_FALSE(nearby.proven);
        INFO(nearby.reason);
        CHECK(nearby.reason.find(why) != std::string::npos);
    };
    // Four coordinates, three classes: one class has two, or one coordinate is not in use.
    Certificate bad = good;
    bad.features = {{"1", "0", "0", "0"}, {"0", "1", "0", "0"}, {"0", "0", "1", "1"}};
    refused(bad, "several coordinates");
    bad.features = {{"1", "0", "0", "0"}, {"1", "0", "0", "0"}, {"0", "0", "1", "0"}};
    refused(bad, "several classes");
    bad.features = {{"1", "0", "0", "0"}, {"0", "1", "0", "0"}, {"0", "0", "1", "0"}};
    bad.classifier[0][3] = "1e-300";
    refused(bad, "not zero there");
    bad.features[0][0] = "-1e-300";
    refused(bad, "negative");
    bad = solved(make_configuration({3, 5, 9}, "1e-3", "1e-3"), 30);
    std::swap(bad.features[0], bad.features[1]);
    CHECK_FALSE(nearby_minimiser(bad).proven);
    std::vector<long long> many(41, 5);
    bad.configuration = make_configuration(many, "1e-3", "1e-3");
    refused(bad, "more than 40 classes");
}

TEST_CASE("a multiplier that is negative, or straddles zero, is named") {
    const PrecisionScope scope(40);
    const auto block = [](long coordinate, long k, std::vector<double> weights) {
        Block result{coordinate, k, Vector<Enclosure>(3), Enclosure(1)};
        for (long m = 0; m < 3; ++m) {
            result.weights[m] = Enclosure(weights[static_cast<std::size_t>(m)]);
        }
        return result;
    };
    const Block first = block(2, 0, {2, -1, -1}), second = block(0, 1, {-1, 2, -1});
    CHECK(undecided_multiplier({first, second}, 3).empty());
    // Class 3 is zero: the slope is mean(w) - w_3.
    CHECK(undecided_multiplier({block(2, 0, {2, -1, 1.5}), second}, 3) ==
          "the multiplier of feature 3 of class 3 is not proven positive");
    CHECK(undecided_multiplier({first, block(0, 1, {1, 2, -1})}, 3) ==
          "the multiplier of feature 1 of class 1 is not proven positive");
    Block wide = first;
    wide.weights[2] = Enclosure::hull(Enclosure(-1), Enclosure(1));
    CHECK_FALSE(undecided_multiplier({wide, second}, 3).empty());
}
