#include "properties/bottleneck_survey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "certificates/point.hpp"
#include "problem/configuration_json.hpp"
#include "problem/errors.hpp"
#include "problem/progress.hpp"
#include "properties/proven_minimum.hpp"

namespace ncverify::properties {

namespace {

constexpr long shown_digits = 15;
constexpr long cosine_digits = 10;
constexpr int most_bisections = 60;

Configuration at(const Configuration& line, const std::string& decay) {
    Configuration configuration = make_configuration(line.counts, decay, decay, line.dimension);
    return line.weighted() ? with_weights(configuration, line.weights) : configuration;
}

// l to 12 significant digits: what is solved is the decimal, exactly.
std::string decimal(double value) {
    return fmt::format("{:.12g}", value);
}

// Of the line's point j: its ends as they are, what lies between to four digits, or to as many as leave a
// hundredth of the distance between neighbours.
std::string decay_of(const SurveyLine& line, long j) {
    if (j == 0 || j == line.points - 1) {
        return decimal(j == 0 ? line.from : line.to);
    }
    const double steps = static_cast<double>(line.points - 1), whole = std::log(line.to / line.from);
    const double digits = std::clamp(2 - std::log10(std::expm1(whole / steps)), 4.0, 12.0);
    return fmt::format("{:.{}g}", line.from * std::exp(whole * (static_cast<double>(j) / steps)),
                       static_cast<int>(std::ceil(digits)));
}

// The smallest of the texts that the problem's symmetries make of the features' support.
std::string structure_of(const Configuration& configuration, const Matrix<Enclosure>& features) {
    std::string smallest;
    std::vector<int> coordinates(static_cast<std::size_t>(features.rows()));
    for (const bottleneck::Order& classes : bottleneck::class_symmetries(configuration)) {
        for (std::size_t i = 0; i < coordinates.size(); ++i) {
            coordinates[i] = static_cast<int>(i);
        }
        do {
            std::string text;
            for (const int k : classes) {
                text += text.empty() ? "" : " ";
                for (const int i : coordinates) {
                    text += arb_is_zero(features(i, k).data()) != 0 ? '0' : '1';
                }
            }
            if (smallest.empty() || text > smallest) {  // ones first
                smallest = text;
            }
        } while (std::next_permutation(coordinates.begin(), coordinates.end()));
    }
    return smallest;
}

std::vector<std::vector<std::string>> cosines_of(const Matrix<Enclosure>& features) {
    std::vector<std::vector<std::string>> rows;
    const auto inner = [&features](Eigen::Index k, Eigen::Index l) {
        Enclosure sum(0);
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            sum += features(i, k) * features(i, l);
        }
        return sum;
    };
    for (Eigen::Index k = 0; k < features.cols(); ++k) {
        std::vector<std::string>& row = rows.emplace_back();
        for (Eigen::Index l = 0; l < features.cols(); ++l) {
            const Enclosure square = inner(k, k) * inner(l, l);
            row.push_back(certainly_positive(square) ? (inner(k, l) / sqrt(square)).text(cosine_digits) : "");
        }
    }
    return rows;
}

SurveyPoint surveyed(const Configuration& configuration, const SurveyOptions& options) {
    SurveyPoint point;
    point.decay = configuration.lambda_w_text;
    solvers::SolveOptions solving;
    solving.digits = options.digits;
    solving.seed = options.seed;
    bottleneck::Limits limits;
    limits.seconds = options.seconds_each;
    limits.jobs = options.jobs;
    limits.stop = options.stop;
    solving.search = solvers::structured_search_applies(configuration) ? solvers::SearchMethod::structured
                                                                       : solvers::SearchMethod::descent;
    CertifiedSolution solution = solve_and_certify(configuration, solving);
    certificates::Bounds bounds = solution.bounds;
    point.certified = solution.solution.status == solvers::SolutionStatus::certified;
    if (!point.certified) {
        const auto proven = prove_minimum(configuration, solving, limits, solution);
        if (proven && proven->bounds.feasible) {
            bounds = proven->bounds;
            point.cells = proven->nodes;
            point.certified = proven->certificate.gap == "1e" + std::to_string(2 - options.digits);
        }
    }
    if (!bounds.feasible) {
        return point;
    }
    const PrecisionScope scope(options.digits + 30);
    point.objective = certificates::outward(bounds.upper, shown_digits, true);
    point.lower_bound = certificates::outward_nonnegative(bounds.lower, shown_digits);
    point.relative_gap = certificates::outward(bounds.relative_gap, 3, true);
    const certificates::EnclosedPoint enclosed = certificates::enclosed_point(solution.certificate);
    point.structure = structure_of(configuration, enclosed.features);
    point.cosines = cosines_of(enclosed.features);
    for (Eigen::Index k = 0; k < enclosed.features.cols(); ++k) {
        const auto column = enclosed.features.col(k);
        const bool zero = std::all_of(column.begin(), column.end(),
                                      [](const Enclosure& h) { return arb_is_zero(h.data()) != 0; });
        if (zero && configuration.weighted_count(static_cast<std::size_t>(k)) > configuration.threshold()) {
            point.dead.push_back(static_cast<long>(k));
        }
    }
    return point;
}

bool asked_to_stop(const SurveyOptions& options) {
    return options.stop != nullptr && options.stop->load();
}

// Halves the interval until it is narrow; a third structure between two makes two boundaries of one.
void bisect(const Configuration& line, const SurveyPoint& below, const SurveyPoint& above,
            const SurveyOptions& options, int depth, std::vector<PhaseBoundary>& boundaries) {
    const double low = std::stod(below.decay), high = std::stod(above.decay);
    const std::string between = decimal((low + high) / 2);
    if (high - low <= options.width * low || depth == 0 || between == below.decay || between == above.decay ||
        asked_to_stop(options)) {
        boundaries.push_back({below, above});
        return;
    }
    note_progress("boundary of counts " + counts_text(line.counts), -1);
    const SurveyPoint middle = surveyed(at(line, between), options);
    if (!middle.certified) {
        boundaries.push_back({below, above});
        return;
    }
    if (middle.structure != below.structure) {
        bisect(line, below, middle, options, depth - 1, boundaries);
    }
    if (middle.structure != above.structure) {
        bisect(line, middle, above, options, depth - 1, boundaries);
    }
}

Json json_of(const SurveyPoint& point) {
    Json cosines = Json::array();
    for (const auto& row : point.cosines) {
        Json& entries = cosines.emplace_back(Json::array());
        for (const std::string& entry : row) {
            entries.push_back(entry.empty() ? Json(nullptr) : Json(entry));
        }
    }
    return {{"decay", point.decay},
            {"certified", point.certified},
            {"objective", point.objective},
            {"lower_bound", point.lower_bound},
            {"relative_gap", point.relative_gap},
            {"structure", point.structure},
            {"dead_classes", point.dead},
            {"feature_cosines", std::move(cosines)},
            {"cells", point.cells}};
}

}  // namespace

bool Survey::all_certified() const {
    return std::all_of(lines.begin(), lines.end(), [](const SurveyedLine& line) {
        return std::all_of(line.points.begin(), line.points.end(),
                           [](const SurveyPoint& point) { return point.certified; });
    });
}

Survey survey(const SurveyOptions& options) {
    for (const SurveyLine& line : options.lines) {
        for (long j = 1; j < line.points; ++j) {
            if (std::stod(decay_of(line, j)) <= std::stod(decay_of(line, j - 1))) {
                throw InputError("decays too close together to tell apart", "--points",
                                 "fewer, or a wider interval: decays have 12 digits");
            }
        }
        for (const double end : {line.from, line.to}) {
            if (const Configuration problem = at(line.configuration, decimal(end));
                !bottleneck::possible(problem)) {
                throw InputError(bottleneck::obstacle(problem),
                                 "counts " + counts_text(line.configuration.counts),
                                 bottleneck::what_is_possible());
            }
        }
    }
    Survey result{options.digits, options.seed, false, {}};
    for (const SurveyLine& line : options.lines) {
        SurveyedLine& here = result.lines.emplace_back();
        here.line = line;
        const Configuration& configuration = line.configuration;
        for (long j = 0; j < line.points && !asked_to_stop(options); ++j) {
            note_progress("counts " + counts_text(configuration.counts),
                          static_cast<double>(j) / static_cast<double>(line.points));
            here.points.push_back(surveyed(at(configuration, decay_of(line, j)), options));
            const auto number = here.points.size();
            if (options.width > 0 && number > 1 && here.points[number - 1].certified &&
                here.points[number - 2].certified &&
                here.points[number - 1].structure != here.points[number - 2].structure) {
                const SurveyPoint below = here.points[number - 2], above = here.points[number - 1];
                bisect(configuration, below, above, options, most_bisections, here.boundaries);
            }
        }
    }
    result.interrupted = asked_to_stop(options);
    return result;
}

Json to_json(const Survey& survey) {
    Json document = {{"digits", survey.digits},
                     {"seed", survey.seed},
                     {"interrupted", survey.interrupted},
                     {"lines", Json::array()}};
    for (const SurveyedLine& line : survey.lines) {
        Json entry = {{"counts", line.line.configuration.counts},
                      {"dim", line.line.configuration.dimension},
                      {"points", Json::array()},
                      {"boundaries", Json::array()}};
        if (line.line.configuration.weighted()) {
            entry["weights"] = weight_texts(line.line.configuration.weights);
        }
        for (const SurveyPoint& point : line.points) {
            entry["points"].push_back(json_of(point));
        }
        for (const PhaseBoundary& boundary : line.boundaries) {
            entry["boundaries"].push_back(
                {{"below", json_of(boundary.below)}, {"above", json_of(boundary.above)}});
        }
        document["lines"].push_back(std::move(entry));
    }
    return document;
}

}  // namespace ncverify::properties
