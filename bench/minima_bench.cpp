// All strict local minima of small problems: descents find some, the checker proves them, and a search of the
// whole space shows that there are no others, or what stays undecided. One line for each problem.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "certificates/strict_minima.hpp"
#include "problem/processor_clock.hpp"
#include "properties/still_values.hpp"
#include "solvers/descent.hpp"

namespace {

using namespace ncverify;

constexpr long shown = 10;  // digits

struct Problem {
    std::vector<long long> counts;
    const char* lambda;
    long dimension;
};
const std::vector<Problem> problems = {
    {{1, 1}, "1/10", 1},    {{3, 1}, "1/20", 1},    {{3, 1}, "1/10", 2},
    {{1, 1, 1}, "1/10", 1}, {{3, 2, 1}, "1/20", 1}, {{1, 1, 1, 1}, "1/5", 1},
    {{1, 1, 1}, "1/5", 2},  {{2, 1, 1}, "1/6", 2},  {{1, 1, 1}, "1/10", 2},
};
constexpr long boxes_of_each = 500'000;

struct Known {
    certificates::Turned point;
    certificates::LocalMinimum minimum;
    std::string supports;
};

// The counts of the classes that each coordinate serves.
std::string supports(const Matrix<Enclosure>& features, const Configuration& configuration) {
    std::vector<std::string> all;
    for (Eigen::Index i = 0; i < features.rows(); ++i) {
        std::string users;
        for (Eigen::Index k = 0; k < features.cols(); ++k) {
            if (arb_is_zero(features(i, k).data()) == 0) {
                users += (users.empty() ? "" : ",") +
                         std::to_string(configuration.counts[static_cast<std::size_t>(k)]);
            }
        }
        all.push_back("{" + users + "}");
    }
    std::sort(all.begin(), all.end());
    return fmt::format("{}", fmt::join(all, " "));
}

// Strict local minima that descents from random points met, each once.
std::vector<Known> known_minima(const Configuration& configuration, std::uint64_t descents,
                                std::uint64_t seed) {
    std::map<std::string, Known> met;  // by what it looks like
    const solvers::ScaledProblem problem = solvers::scaled_problem(configuration);
    for (std::uint64_t descent = 0; descent < descents; ++descent) {
        Random random(split_seed(seed, descent));
        solvers::ScaledPoint searched = solvers::random_point(problem, random);
        solvers::descend(problem, searched, solvers::DescentOptions{});
        const properties::StillPoint still = properties::examined(configuration, searched);
        if (!still.minimizer) {
            continue;
        }
        const certificates::EnclosedPoint point{still.exact.classifier, still.exact.features, ""};
        Known known;
        known.minimum = certificates::local_minimum(configuration, point);
        if (!known.minimum.proven || !certificates::turn(configuration, point, known.point).empty() ||
            known.point.classifier.cols() != configuration.dimension) {
            continue;
        }
        known.supports = supports(point.features, configuration);
        met.emplace(known.supports + known.minimum.value.text(shown), std::move(known));
    }
    std::vector<Known> all;
    for (auto& [text, known] : met) {
        all.push_back(std::move(known));
    }
    std::sort(all.begin(), all.end(), [](const Known& one, const Known& other) {
        return certainly_less(one.minimum.value, other.minimum.value);
    });
    return all;
}

void line(const Configuration& configuration, std::uint64_t descents, std::uint64_t seed, long boxes) {
    const PrecisionScope scope(80);
    const std::vector<Known> known = known_minima(configuration, descents, seed);
    std::vector<certificates::Turned> points;
    std::vector<Enclosure> errors;
    std::string text;
    for (const Known& each : known) {
        points.push_back(each.point);
        errors.push_back(each.minimum.distance);
        text += (text.empty() ? "" : "; ") + each.minimum.value.text(shown) + " " + each.supports;
    }
    certificates::SearchLimits limits;
    limits.boxes = boxes;
    const auto clock = ProcessorClock::now();
    const certificates::StrictMinima found =
        certificates::search_strict_minima(configuration, points, errors, limits);
    fmt::print("| `{}` | {} | {} | {} | {}, {}, {}, {} | {} | {:.1f} |\n", configuration.command_line(),
               text.empty() ? "none" : text, found.complete() ? "yes" : "no", found.boxes, found.stationary,
               found.saddle, found.known, found.copies, found.undecided, seconds_since(clock));
    std::fflush(stdout);
}

}  // namespace

// minima_bench [BOXES DIM LAMBDA COUNT..]
int main(int count, char** arguments) {
    fmt::print(
        "| problem | strict local minima met: loss, classes that each coordinate serves | all of them: proven | boxes | closed as not "
        "stationary, saddle, known, copies | undecided | s |\n|---|---|---|---|---|---|---|\n");
    if (count > 4) {
        std::vector<long long> counts;
        for (int i = 4; i < count; ++i) {
            counts.push_back(std::strtoll(arguments[i], nullptr, 10));
        }
        line(make_configuration(counts, arguments[3], arguments[3], std::strtol(arguments[2], nullptr, 10)),
             200, 1, std::strtol(arguments[1], nullptr, 10));
        return 0;
    }
    for (const auto& [counts, lambda, dimension] : problems) {
        line(make_configuration(counts, lambda, lambda, dimension), 200, 1, boxes_of_each);
    }
}
