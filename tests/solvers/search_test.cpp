#include "solvers/search.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "files/read_file.hpp"
#include "problem/configuration_json.hpp"
#include "problem/errors.hpp"
#include "properties/certified.hpp"

using namespace ncverify;
using namespace ncverify::solvers;

namespace {

constexpr SearchMethod both[] = {SearchMethod::descent, SearchMethod::structured};

properties::CertifiedSolution solved(const Configuration& configuration, SearchMethod method,
                                     long digits = 50, std::uint64_t seed = 1) {
    SolveOptions options;
    options.digits = digits;
    options.search = method;
    options.seed = seed;
    return properties::solve_and_certify(configuration, options);
}

// lambda_W = 1/1000 and the lambda_H that puts the threshold T at the given rational (docs/model.md,
// Constants).
Configuration with_threshold(const std::string& counts, const Rational& threshold, long long dimension = 0) {
    const std::vector<long long> numbers = parse_counts(counts, "test");
    Integer total = 0;
    for (const long long count : numbers) {
        total += count;
    }
    const auto classes = static_cast<long>(numbers.size());
    const Rational lambda_h = threshold * Rational(Integer(classes - 1), total * total * classes) * 1000;
    return make_configuration(numbers, "1/1000", to_string(lambda_h), dimension);
}

Rational power_of_ten(long exponent) {
    return parse_rational("1e" + std::to_string(exponent), "test");
}

}  // namespace

TEST_CASE("the configurations that needed most work are certified by either search") {
    std::istringstream lines(files::read_file(NCVERIFY_REFERENCE_DIR "/hard-cases.jsonl", "reference"));
    long cases = 0;
    for (std::string line; std::getline(lines, line); ++cases) {
        const Configuration configuration = parse_configuration(line, "hard-cases.jsonl");
        INFO(configuration.command_line());
        for (const SearchMethod method : both) {
            CHECK(solved(configuration, method).solution.status == SolutionStatus::certified);
        }
    }
    CHECK(cases == 10);
}

TEST_CASE("degenerate geometry is certified by either search") {
    const Rational near = 1 - power_of_ten(-30), beyond = 1 + power_of_ten(-30);
    const std::vector<Configuration> configurations = {
        with_threshold("10x3,20,40", 10),              // classes tied exactly at the threshold
        with_threshold("10x3,20,40", 10, 9),           // and more coordinates than classes
        with_threshold("10x3,20,40", 10, 2),           // and no more coordinates than classes that want one
        with_threshold("10x4", 10),                    // all of them at it
        with_threshold("10x3,20,40", 10 * near),       // missed by less than double can tell
        with_threshold("10x3,20,40", 10 * beyond),     //
        with_threshold("1,1000000000000,5", 2),        // one class 10^12 times larger than another
        with_threshold("7x20", 1, 25),                 // repeated counts, a manifold of minimisers
        with_threshold("3,9,27", power_of_ten(-400)),  // gamma beyond what double's range squares
    };
    for (const Configuration& configuration : configurations) {
        INFO(configuration.command_line());
        for (const SearchMethod method : both) {
            CHECK(solved(configuration, method).solution.status == SolutionStatus::certified);
        }
    }
}

TEST_CASE("a threshold missed by 10^-1000 is told from one that is met, at enough digits") {
    const auto used_classes = [](const Rational& threshold) {
        const auto result = solved(with_threshold("10x3,20,40", threshold), SearchMethod::structured, 2100);
        CHECK(result.solution.status == SolutionStatus::certified);
        std::set<long> classes;
        for (const Feature& feature : result.solution.minimizer.features) {
            classes.insert(feature.column);
        }
        return classes.size();
    };
    CHECK(used_classes(10 * (1 - power_of_ten(-1000))) == 5);
    CHECK(used_classes(10) == 2);
    CHECK(used_classes(10 * (1 + power_of_ten(-1000))) == 2);
}

TEST_CASE("with too few coordinates both searches end stationary, with a gap that stays open") {
    const Configuration configuration = with_threshold("5,10,20,40", 1, 2);
    CHECK_FALSE(structured_search_applies(configuration));
    for (const SearchMethod method : both) {
        const auto result = solved(configuration, method, 20);
        CHECK(result.solution.status == SolutionStatus::stationary);
        CHECK(certainly_less(Enclosure(0), result.bounds.relative_gap));
        CHECK_FALSE(result.solution.starts.front().dead_classes.empty());
    }
    CHECK(structured_search_applies(with_threshold("5,10,20,40", 1, 4)));
    CHECK(structured_search_applies(with_threshold("5,10,20,40", 10, 2)));
}

TEST_CASE("descent names the local minima that it met, each above the minimum") {
    const Configuration configuration = with_threshold("100x10", 10);
    long met = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const auto result = solved(configuration, SearchMethod::descent, 20, seed);
        REQUIRE(result.solution.status == SolutionStatus::certified);
        const Rational minimum = result.solution.judgement.upper_bound;
        for (const StartRecord& start : result.solution.starts) {
            for (const EscapedMinimum& minimum_met : start.met) {
                ++met;
                CHECK(parse_rational(minimum_met.objective, "objective") > minimum);
            }
        }
    }
    CHECK(met > 0);  // some starts of a hundred do
}

TEST_CASE("the structured search is solved to the last digits of double") {
    const Configuration configuration = with_threshold("3,50,700,9000", 1, 6);
    const ScaledProblem problem = scaled_problem(configuration);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        StartRecord record;
        const Found found = search(configuration, problem, SearchMethod::structured, seed, record);
        CHECK(found.active.dead.empty());
        for (const ClassStart& start : found.starts) {
            CHECK(start.residual < 0x1p-40);
        }
    }
}

TEST_CASE("an unknown search is refused") {
    CHECK(parse_search_method("descent", "--search") == SearchMethod::descent);
    CHECK(to_string(parse_search_method("structured", "--search")) == "structured");
    CHECK_THROWS_AS(parse_search_method("random", "--search"), InputError);
}
