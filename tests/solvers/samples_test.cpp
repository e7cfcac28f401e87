#include "solvers/samples.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "problem/errors.hpp"
#include "problem/random.hpp"
#include "properties/certified.hpp"
#include "properties/within_class.hpp"
#include "solvers/block_refine.hpp"
#include "solvers/sample_newton.hpp"

using namespace ncverify;
using namespace ncverify::solvers;

namespace {

properties::CertifiedSolution solved(const Configuration& configuration, long digits = 50, long starts = 0,
                                     Formulation formulation = Formulation::samples) {
    SolveOptions options;
    options.formulation = formulation;
    options.digits = digits;
    if (starts > 0) {
        options.largest_starts = starts;
        options.all_starts = true;
    }
    return properties::solve_and_certify(configuration, options);
}

}  // namespace

TEST_CASE("the gradient in samples, or in class means, is the gradient of problem (4)") {
    rc::prop("random points", [] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        const bool means = random.uniform() < 0.5;
        const Configuration configuration = with_weights(make_configuration({2, 1, 3}, "1/50", "1/70", 2),
                                                         std::vector<std::string>{"2", "1/3", "sqrt5"});
        const auto columns =
            feature_columns(configuration, means ? Formulation::class_means : Formulation::samples);
        SampleBlock block{3, {0, 1}, {0, 1, 2, 3, 4, 5}, {0, 0, 1, 2, 2, 2}};
        if (means) {
            block.samples = block.labels = {0, 1, 2};
            block.inverse_root = Floats(3);
        }
        std::vector<double> root(static_cast<std::size_t>(block.size()), 1.0);
        for (long k = 0; means && k < 3; ++k) {
            const auto index = static_cast<std::size_t>(k);
            root[index] = std::sqrt(static_cast<double>(configuration.counts[index]));
            arf_set_d(block.inverse_root[k], 1 / root[index]);
        }
        BlockPoint point(block);
        const double stretch =
            std::pow(from_rational<double>(configuration.lambda_h / configuration.lambda_w), 0.25);
        Matrix<double> w(3, 2), h(2, block.size());
        for (Eigen::Index a = 0; a < w.size(); ++a) {
            const double value = 2 * random.uniform() - 1;
            arf_set_d(point.v[a], value);
            w.data()[a] = stretch * value;
        }
        for (Eigen::Index a = 0; a < h.size(); ++a) {
            const double value = random.uniform();
            arf_set_d(point.u[a], value);
            h.data()[a] = value / stretch / root[static_cast<std::size_t>(a / 2)];
        }
        const double scale =
            std::sqrt(from_rational<double>(configuration.lambda_w * configuration.lambda_h));
        Floats gamma(3);
        for (long k = 0; k < 3; ++k) {
            const auto index = static_cast<std::size_t>(k);
            arf_set_d(gamma[k], weight_value<double>(configuration.weights[index]) *
                                    (means ? root[index] : 1) / (6 * scale));
        }
        evaluate({80}, block, gamma, point);
        const Gradient<double> expected = gradient(configuration, columns, w, h);
        // dL0/dW = sqrt(lW lH) / stretch dF/dV, dL0/dh_j = sqrt(lW lH) stretch sqrt(m_j) dF/du_j.
        for (Eigen::Index a = 0; a < w.size(); ++a) {
            const double found = arf_get_d(point.gradient_v[a], ARF_RND_NEAR) * scale / stretch;
            RC_ASSERT(std::abs(found - expected.classifier.data()[a]) < 200 * 0x1p-53);
        }
        for (Eigen::Index a = 0; a < h.size(); ++a) {
            const double found = arf_get_d(point.gradient_u[a], ARF_RND_NEAR) * scale * stretch *
                                 root[static_cast<std::size_t>(a / 2)];
            RC_ASSERT(std::abs(found - expected.features.data()[a]) < 200 * 0x1p-53);
        }
    });
}

TEST_CASE("coordinates are in one block where a sample uses both") {
    const ScaledProblem problem =
        scaled_problem(make_configuration({2, 2}, "1/50", "1/50", 5), Formulation::samples);
    Matrix<double> features = Matrix<double>::Zero(5, 4);
    features(0, 0) = features(3, 0) = features(3, 1) = 1;  // samples 0 and 1 through coordinate 3
    features(1, 2) = 1;  // sample 2 alone; sample 3 and coordinates 2, 4 are zero
    const auto blocks = sample_blocks(problem, features);
    REQUIRE(blocks.size() == 2);
    CHECK(blocks[0].coordinates == std::vector<long>{0, 3});
    CHECK(blocks[0].samples == std::vector<long>{0, 1});
    CHECK(blocks[1].coordinates == std::vector<long>{1});
    CHECK(blocks[1].labels == std::vector<long>{1});
}

TEST_CASE("the samples form is certified, and its samples collapse as far as the gap says") {
    const char* name;
    Configuration configuration;
    long digits;
    std::tie(name, configuration, digits) = GENERATE(table<const char*, Configuration, long>({
        {"d = K", make_configuration({10, 10, 20, 20, 30}, "1e-3", "1e-4"), 50},
        {"d above K", make_configuration({10, 10, 20, 20, 30}, "1e-3", "1e-4", 13), 50},
        {"10 digits", make_configuration({10, 10, 20, 20, 30}, "1e-3", "1e-4"), 10},
        {"200 digits", make_configuration({5, 6, 7}, "1e-3", "1e-4"), 200},
        {"two samples", make_configuration({1, 1}, "1/100", "1/100"), 50},
        {"partly collapsed", make_configuration({100, 100, 1, 1}, "1e-2", "1e-2", 7), 50},
        {"all collapsed", make_configuration({2, 2, 2}, "1", "1"), 50},
        {"d = classes that do not collapse", make_configuration({100, 100, 1, 1}, "1e-2", "1e-2", 2), 50},
        {"exactly at the threshold", make_configuration({4, 2, 2}, "1/16", "1/3"), 50},
        {"just above it", make_configuration({1, 1}, "1", "0.124999999999999999999999999999875"), 50},
        {"lambda beyond double", make_configuration({5, 50}, "1e-10000", "1e-10000"), 50},
    }));
    INFO(name << ": " << configuration.command_line());
    const auto result = solved(configuration, digits);
    CHECK(result.solution.status == SolutionStatus::certified);
    CHECK(certificates::check(result.certificate).proven);
    CHECK(result.certificate.features.size() == static_cast<std::size_t>(configuration.samples()));
    // The ridge alone makes L0 in one sample strongly convex with modulus lambda_H, given W: a point within
    // `gap` of the minimum has no sample farther than 2 sqrt(2 gap / lambda_H) from its class's mean.
    const PrecisionScope scope(digits + 50);
    const Enclosure gap = (result.bounds.upper - result.bounds.lower).upper();
    const Enclosure level =
        Enclosure(2) * sqrt(Enclosure(2) * gap / from_rational<Enclosure>(configuration.lambda_h));
    const Enclosure spread = from_rational<Enclosure>(
        parse_rational(properties::within_class_spread(result.certificate, 4), "spread", 1'000'000));
    CHECK(certainly_at_most(spread, level));
}

TEST_CASE("one sample moved by 1e-40 is not believed") {
    const auto result = solved(make_configuration({3, 4}, "1e-2", "1e-2"), 100);
    REQUIRE(certificates::check(result.certificate).proven);
    certificates::Certificate moved = result.certificate;
    // Somewhere in its first sample, a feature that is not zero.
    auto& row = moved.features[0];
    const std::size_t place = row[0] == "0" ? 1 : 0;
    const PrecisionScope scope(150);
    const Rational value = parse_rational(row[place], "test") + parse_rational("1e-40", "test");
    row[place] = from_rational<Multiprecision>(value).str(140, std::ios_base::scientific);
    const certificates::CheckResult checked = certificates::check(moved);
    CHECK_FALSE(checked.proven);
    moved.upper_bound = "1e10";
    CHECK(certificates::check(moved).reason.find("gap exceeds") != std::string::npos);
    // The spread shows it: two thirds of 1e-40, for one of three samples.
    CHECK(properties::within_class_spread(moved, 3) == "6.67e-41");
    const auto spread = parse_rational(properties::within_class_spread(result.certificate, 3), "spread");
    CHECK(spread < parse_rational("1e-100", "test"));
}

TEST_CASE("the samples of a class start apart and stay apart until the problem joins them") {
    const auto result = solved(make_configuration({30, 30}, "1e-3", "1e-3"), 10);
    std::set<std::string> distinct;
    for (const auto& row : result.certificate.features) {
        for (const auto& entry : row) {
            distinct.insert(entry);
        }
    }
    // Equal to the digits asked for, and not all equal to the last digit computed: nothing copied them.
    CHECK(distinct.size() > 3);
}

TEST_CASE("both forms find the same minimum and, with too few coordinates, the same stationary value") {
    for (const long long dimension : {1, 2, 4, 5}) {
        const Configuration configuration =
            make_configuration({10, 10, 10, 10, 10}, "1e-3", "1e-3", dimension);
        const auto samples = solved(configuration, 30, 20);
        SolveOptions options;
        options.digits = 30;
        options.largest_starts = 20;
        options.all_starts = true;
        const auto means = properties::solve_and_certify(configuration, options);
        CHECK(samples.solution.status ==
              (dimension == 5 ? SolutionStatus::certified : SolutionStatus::stationary));
        CHECK(means.solution.status == samples.solution.status);
        const PrecisionScope scope(40);
        CHECK(certificates::outward(samples.bounds.upper, 25, true) ==
              certificates::outward(means.bounds.upper, 25, true));
    }
}

TEST_CASE("shared coordinates are refined where the search worked on a scaled-down problem") {
    // Newton's method alone lost these on the way from the search's gamma to the exact one.
    const std::vector<Configuration> cases = {
        make_configuration({8, 1, 17, 7, 3, 36, 45}, "1.13e-6", "1.13e-6", 2),
        make_configuration({1, 35, 20, 12, 37, 52}, "3.86e-6", "3.86e-6", 2),
        make_configuration({13, 12, 2, 12, 9, 2, 7, 47, 19}, "2.07e-5", "2.07e-5", 2),
        make_configuration({13, 12, 2, 12, 9, 2, 7, 47, 19}, "2e-15", "2e-15", 2),
        make_configuration({1, 1, 1}, "1e-14", "1e-14", 2),
        make_configuration({5, 3, 2, 1}, "1e-60", "1e-60", 2),
        make_configuration({4, 3, 2, 1}, "1e-3000", "1e-3000", 3)};
    for (const Configuration& configuration : cases) {
        for (const Formulation formulation : {Formulation::samples, Formulation::class_means}) {
            CAPTURE(configuration.command_line(), to_string(formulation));
            const auto result = solved(configuration, 50, 16, formulation);
            CHECK(result.solution.status == SolutionStatus::stationary);
            CHECK(result.solution.minimizer.kkt_residual_log10 < -50);
        }
    }
}

TEST_CASE("the samples form refuses what is too large before work") {
    const auto refused = [](const std::vector<long long>& counts, long long dimension, long digits) {
        CHECK_THROWS_AS(require_samples_fit(make_configuration(counts, "1", "1", dimension), digits),
                        InputError);
    };
    refused({100000, 1}, 2, 50);
    refused({90000, 1}, 1000, 50);
    refused({90000, 1}, 2, 100000);
    refused({1000000000000000000, 1000000000000000000}, 2, 50);
    require_samples_fit(make_configuration({2500, 2500}, "1", "1", 10), 50);
}
