#include "certificates/implied_bounds.hpp"

#include <catch2/catch.hpp>

#include "properties/certified.hpp"
#include "properties/generators.hpp"

using namespace ncverify;

// The bounds speak of every point with loss <= U; the solver's own point is one of them.
TEST_CASE("what the gap implies contains the invariants of the certified point") {
    for (std::uint64_t number = 0; number < 40; ++number) {
        const Configuration configuration = properties::generate(11, number).value();
        if (configuration.dimension < configuration.classes()) {
            continue;  // no certificate may close
        }
        solvers::SolveOptions options;
        options.digits = 40;
        const auto solved = properties::solve_and_certify(configuration, options);
        REQUIRE(solved.solution.status == solvers::SolutionStatus::certified);
        const PrecisionScope scope(solved.solution.minimizer.digits + 40);
        const auto bounds = certificates::implied_bounds(configuration, solved.solution.slopes,
                                                         solved.bounds.upper, solved.bounds.lower);
        const auto exact = [](const Multiprecision& value) {
            return from_rational<Enclosure>(exact_rational(value));
        };
        const auto& w = solved.solution.minimizer.classifier;
        const Matrix<Multiprecision> h = solved.solution.minimizer.dense_features();
        const auto dot = [&](auto a, auto b, long length) {
            Enclosure sum(0);
            for (long i = 0; i < length; ++i) {
                sum += exact(a(i)) * exact(b(i));
            }
            return sum;
        };
        const long d = static_cast<long>(configuration.dimension);
        for (long k = 0; k < configuration.classes(); ++k) {
            const auto feature = [&](long i) { return h(i, k); };
            const auto own_row = [&](long i) { return w(k, i); };
            const auto& implied = bounds.classes[static_cast<std::size_t>(k)];
            INFO(configuration.command_line() << ", class " << k + 1);
            CHECK(overlap(implied.feature_norm_squared, dot(feature, feature, d)));
            CHECK(overlap(implied.logit_own, dot(own_row, feature, d)));
            CHECK(overlap(certificates::ClassifierProducts(bounds).inner(k, k), dot(own_row, own_row, d)));
            for (long j = 0; j < configuration.classes(); ++j) {
                if (j == k) {
                    continue;
                }
                const auto other_row = [&](long i) { return w(j, i); };
                const auto other_feature = [&](long i) { return h(i, j); };
                CHECK(overlap(implied.logit_other, dot(other_row, feature, d)));
                CHECK(overlap(certificates::ClassifierProducts(bounds).inner(k, j),
                              dot(own_row, other_row, d)));
                CHECK(overlap(bounds.feature_inner(k, j), dot(feature, other_feature, d)));
            }
        }
    }
}
