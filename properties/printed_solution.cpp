#include "properties/printed_solution.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "certificates/printed_json.hpp"
#include "problem/configuration_json.hpp"
#include "properties/within_class.hpp"

namespace ncverify::properties {

namespace {

constexpr long gap_digits = 4, spread_digits = 4;
constexpr long bound_guard_digits = 2;  // the bounds are shown with more digits than the answer

std::string decimal(const Multiprecision& value, long digits) {
    return value == 0 ? "0" : value.str(static_cast<std::streamsize>(digits), std::ios_base::scientific);
}

api::DecimalMatrix decimals(const Matrix<Multiprecision>& matrix, long digits) {
    api::DecimalMatrix rows;
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
        std::vector<std::string>& row = rows.emplace_back();
        for (Eigen::Index j = 0; j < matrix.cols(); ++j) {
            row.push_back(decimal(matrix(i, j), digits));
        }
    }
    return rows;
}

// A' B for sparse columns: exact zeros are skipped.
api::DecimalMatrix decimals(const certificates::TextRows& rows) {
    api::DecimalMatrix result;
    for (const std::vector<certificates::Text>& row : rows) {
        result.emplace_back(row.begin(), row.end());
    }
    return result;
}

Matrix<Multiprecision> product(const Matrix<Multiprecision>& a, const Matrix<Multiprecision>& b) {
    Matrix<Multiprecision> result = Matrix<Multiprecision>::Constant(a.rows(), b.cols(), Multiprecision(0));
    for (Eigen::Index j = 0; j < b.cols(); ++j) {
        for (Eigen::Index i = 0; i < b.rows(); ++i) {
            if (b(i, j) == 0) {
                continue;
            }
            for (Eigen::Index m = 0; m < a.rows(); ++m) {
                if (a(m, i) != 0) {
                    result(m, j) += a(m, i) * b(i, j);
                }
            }
        }
    }
    return result;
}

void print_matrices(api::Solution& printed, const Configuration& configuration,
                    const solvers::Minimizer& minimizer) {
    const auto& w = minimizer.classifier;
    const Matrix<Multiprecision> columns = minimizer.dense_features();
    const Matrix<Multiprecision> h =
        printed.formulation == Formulation::samples
            ? class_means(configuration, feature_columns(configuration, Formulation::samples), columns)
            : columns;
    printed.feature_gram = decimals(product(h.transpose(), h), printed.digits);
    printed.classifier_gram = decimals(product(w, w.transpose()), printed.digits);
    printed.logits = decimals(product(w, h), printed.digits);
}

std::string power_of_ten(double exponent) {
    const double whole = std::floor(exponent);
    return fmt::format("{:.2f}e{}", std::pow(10.0, exponent - whole), static_cast<long>(whole));
}

Json value(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json met_json(const std::vector<solvers::EscapedMinimum>& met) {
    Json result = Json::array();
    for (const solvers::EscapedMinimum& minimum : met) {
        result.push_back({{"objective", minimum.objective}, {"dead_classes", minimum.dead_classes}});
    }
    return result;
}

Json starts_json(const std::vector<solvers::StartRecord>& starts) {
    Json result = Json::array();
    for (const solvers::StartRecord& start : starts) {
        result.push_back({{"seed", start.seed},
                          {"objective", start.objective},
                          {"iterations", start.iterations},
                          {"outcome", solvers::to_string(start.outcome)},
                          {"dead_classes", start.dead_classes},
                          {"revived", start.revived},
                          {"local_minima_met", met_json(start.met)}});
    }
    return result;
}

api::BranchAndBound printed_search(const ProvenMinimum& proven) {
    using bottleneck::End;
    api::BranchAndBound printed;
    printed.ended = proven.end == End::proven ? "proven" : proven.end == End::narrow ? "narrow" : "stopped";
    printed.interrupted = proven.interrupted;
    printed.nodes = proven.nodes;
    printed.leaves = proven.leaves;
    printed.search_seconds = proven.search_seconds;
    printed.check_seconds = proven.check_seconds;
    return printed;
}

// A gap that was asked for and not reached leaves the point what the solver says it is.
api::SolutionStatus status_of(const ProvenMinimum& proven, long digits, double gap,
                              api::SolutionStatus solver) {
    const auto within = [&proven](const Enclosure& most) {
        return certainly_at_most(proven.bounds.relative_gap, most);
    };
    if (within(
            from_rational<Enclosure>(parse_rational("1e" + std::to_string(2 - digits), "gap", 1'000'000)))) {
        return api::SolutionStatus::certified;
    }
    return within(Enclosure(gap > 0 ? gap : 1.0)) ? api::SolutionStatus::bounded : solver;
}

}  // namespace

api::Solution printed_solution(const Configuration& configuration, const solvers::SolveOptions& options,
                               const CertifiedSolution& result, const std::optional<ProvenMinimum>& proven,
                               double gap, bool summary) {
    const solvers::Solution& solution = result.solution;
    const solvers::Minimizer& minimizer = solution.minimizer;
    const PrecisionScope scope(minimizer.digits > 0 ? minimizer.digits : options.digits);
    api::Solution printed;
    printed.digits = options.digits;
    printed.seed = options.seed;
    printed.formulation = options.formulation;
    printed.search = options.search;
    printed.status = solution.status;
    printed.starts = solution.starts;
    printed.timing = {.search = solution.timing.search,
                      .refine = solution.timing.refine,
                      .evaluation = minimizer.evaluation_seconds,
                      .certificate = solution.timing.certificate};
    if (!result.bounds.feasible) {
        return printed;
    }
    const bool by_tree = proven && proven->bounds.feasible;
    const certificates::Bounds& bounds = by_tree ? proven->bounds : result.bounds;
    const long bound_digits = options.digits + bound_guard_digits;
    printed.objective = certificates::outward(bounds.upper, bound_digits, true);
    printed.lower_bound = certificates::outward(bounds.lower, bound_digits, false);
    printed.relative_gap = certificates::outward(bounds.relative_gap, gap_digits, true);
    if (proven) {
        printed.branch_and_bound = printed_search(*proven);
    }
    if (by_tree) {
        printed.status = status_of(*proven, options.digits, gap, solution.status);
    }
    printed.kkt_residual = power_of_ten(minimizer.kkt_residual_log10);
    if (!summary) {
        print_matrices(printed, configuration, minimizer);
    }
    if (options.formulation == Formulation::samples) {
        printed.within_class_spread = within_class_spread(result.certificate, spread_digits);
    }
    if (by_tree) {
        return printed;
    }
    const PrecisionScope finer(solvers::working_digits(configuration, options.digits) + 20);
    printed.gap_terms = certificates::printed_gap_terms(result.certificate, result.bounds);
    if (printed.status == api::SolutionStatus::certified) {
        printed.implied = certificates::printed_bounds(
            result.certificate, result.bounds,
            summary ? certificates::Detail::summary : certificates::Detail::each_class);
    }
    return printed;
}

Json to_json(const Configuration& configuration, const api::Solution& solution) {
    Json json = {{"config", ncverify::to_json(configuration)},
                 {"digits", solution.digits},
                 {"seed", solution.seed},
                 {"formulation", api::to_string(solution.formulation)},
                 {"search", api::to_string(solution.search)},
                 {"status", api::to_string(solution.status)},
                 {"objective", value(solution.objective)},
                 {"lower_bound", value(solution.lower_bound)},
                 {"relative_gap", value(solution.relative_gap)},
                 {"kkt_residual", value(solution.kkt_residual)}};
    if (!solution.feature_gram.empty()) {
        json["feature_gram"] = solution.feature_gram;
        json["classifier_gram"] = solution.classifier_gram;
        json["logits"] = solution.logits;
    }
    if (solution.formulation == Formulation::samples) {
        json["within_class_spread"] = value(solution.within_class_spread);
    }
    json["gap_terms"] = certificates::to_json(solution.gap_terms);
    json["implied"] = certificates::to_json(solution.implied);
    if (solution.branch_and_bound) {
        json["branch_and_bound"] = {{"ended", solution.branch_and_bound->ended},
                                    {"nodes", solution.branch_and_bound->nodes},
                                    {"leaves", solution.branch_and_bound->leaves}};
    }
    json["starts"] = starts_json(solution.starts);
    json["timing"] = {{"search_s", solution.timing.search},
                      {"refine_s", solution.timing.refine},
                      {"evaluation_s", solution.timing.evaluation},
                      {"certificate_s", solution.timing.certificate},
                      {"total_s", solution.timing.total}};
    if (solution.branch_and_bound) {
        json["timing"]["branch_and_bound_s"] = solution.branch_and_bound->search_seconds;
        json["timing"]["trees_check_s"] = solution.branch_and_bound->check_seconds;
    }
    return json;
}

api::Point printed_point(const certificates::Certificate& certificate) {
    api::Point point{decimals(certificate.classifier), decimals(certificate.features), {}};
    if (certificate.formulation == Formulation::samples) {
        for (const FeatureColumn& column : feature_columns(certificate.configuration, Formulation::samples)) {
            point.labels.push_back(column.label);
        }
    }
    return point;
}

Json to_json(const api::Point& point) {
    Json json = {{"W", point.classifier}, {"H", point.features}};
    if (!point.labels.empty()) {
        json["Y"] = point.labels;
    }
    return json;
}

}  // namespace ncverify::properties
