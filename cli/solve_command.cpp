// ncverify solve: minimise problem (4) without the theorem, and certify the result.
#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/implied_json.hpp"
#include "cli/options.hpp"
#include "files/atomic_file.hpp"
#include "files/json.hpp"
#include "files/npz.hpp"
#include "problem/errors.hpp"
#include "properties/certified.hpp"
#include "properties/within_class.hpp"
#include "solvers/samples.hpp"

namespace ncverify::cli {

namespace {

using solvers::SearchMethod;

struct SolveArguments {
    CommonOptions common;
    std::string formulation = "class-means", search, starts, certificate, save;
    bool summary = false;

    bool samples() const { return formulation == "samples"; }
};

SearchMethod search_method(const std::string& text, const Configuration& configuration) {
    if (!text.empty()) {
        return solvers::parse_search_method(text, "--search");
    }
    return solvers::structured_search_applies(configuration) ? SearchMethod::structured
                                                             : SearchMethod::descent;
}

Json met_json(const std::vector<solvers::LocalMinimum>& met) {
    Json result = Json::array();
    for (const solvers::LocalMinimum& minimum : met) {
        result.push_back({{"objective", minimum.objective}, {"dead_classes", minimum.dead_classes}});
    }
    return result;
}

std::string decimal(const Multiprecision& value, long digits) {
    return value == 0 ? "0" : value.str(static_cast<std::streamsize>(digits), std::ios_base::scientific);
}

Json matrix_json(const Matrix<Multiprecision>& matrix, long digits) {
    Json rows = Json::array();
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
        Json row = Json::array();
        for (Eigen::Index j = 0; j < matrix.cols(); ++j) {
            row.push_back(decimal(matrix(i, j), digits));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

// A' B for sparse columns: exact zeros are skipped.
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

Json solution_json(const Configuration& configuration, const SolveArguments& arguments, long digits,
                   const properties::CertifiedSolution& result, double seconds, SearchMethod method) {
    const solvers::Solution& solution = result.solution;
    const PrecisionScope scope(solution.minimizer.digits > 0 ? solution.minimizer.digits : digits);
    Json json;
    json["config"] = {{"counts", configuration.counts},
                      {"lambda_w", configuration.lambda_w_text},
                      {"lambda_h", configuration.lambda_h_text},
                      {"dim", configuration.dimension}};
    json["digits"] = digits;
    json["seed"] = arguments.common.seed_number();
    json["formulation"] = arguments.formulation;
    json["search"] = solvers::to_string(method);
    json["status"] = solution.status;
    const bool found = result.bounds.feasible;
    const auto bound = [&](const Enclosure& value, bool up) {
        return found ? Json(certificates::outward(value, digits + 2, up)) : Json(nullptr);
    };
    json["objective"] = bound(result.bounds.upper, true);
    json["lower_bound"] = bound(result.bounds.lower, false);
    json["relative_gap"] =
        found ? Json(certificates::outward(result.bounds.relative_gap, 4, true)) : Json(nullptr);
    const double residual = solution.minimizer.kkt_residual_log10;
    json["kkt_residual"] =
        found ? Json(fmt::format("{:.2f}e{}", std::pow(10.0, residual - std::floor(residual)),
                                 static_cast<long>(std::floor(residual))))
              : Json(nullptr);
    if (found && !arguments.summary) {
        const auto& w = solution.minimizer.classifier;
        const Matrix<Multiprecision> columns = solution.minimizer.dense_features();
        const Matrix<Multiprecision> h =
            arguments.samples() ? properties::class_means(configuration, columns) : columns;
        json["feature_gram"] = matrix_json(product(h.transpose(), h), digits);
        json["classifier_gram"] = matrix_json(product(w, w.transpose()), digits);
        json["logits"] = matrix_json(product(w, h), digits);
    }
    if (arguments.samples()) {
        json["within_class_spread"] =
            found ? Json(properties::within_class_spread(result.certificate, 4)) : Json(nullptr);
    }
    {
        const PrecisionScope finer(solvers::working_digits(configuration, digits) + 20);
        json["gap_terms"] = gap_terms_json(result.certificate, result.bounds);
        json["implied"] = solution.status == "certified"
                              ? implied_json(result.certificate, result.bounds, arguments.summary)
                              : Json(nullptr);
    }
    json["starts"] = Json::array();
    for (const solvers::StartRecord& start : solution.starts) {
        json["starts"].push_back({{"seed", start.seed},
                                  {"objective", start.objective},
                                  {"iterations", start.iterations},
                                  {"outcome", start.outcome},
                                  {"dead_classes", start.dead_classes},
                                  {"revived", start.revived},
                                  {"local_minima_met", met_json(start.met)}});
    }
    json["timing"] = {{"search_s", solution.timing.search},
                      {"refine_s", solution.timing.refine},
                      {"evaluation_s", solution.minimizer.evaluation_seconds},
                      {"certificate_s", solution.timing.certificate},
                      {"total_s", seconds}};
    return json;
}

void print_table(const Configuration& configuration, const Json& json) {
    const auto text = [&](const char* key) {
        return json[key].is_null() ? std::string("-") : json[key].get<std::string>();
    };
    std::cout << "configuration  " << configuration.command_line() << "\n"
              << "search         " << text("search") << "\n"
              << "status         " << text("status") << "\n"
              << "objective      " << text("objective") << "\n"
              << "lower bound    " << text("lower_bound") << "\n"
              << "relative gap   " << text("relative_gap") << "\n"
              << "KKT residual   " << text("kkt_residual") << "\n";
    if (json.contains("within_class_spread")) {
        std::cout << "class spread   " << text("within_class_spread") << "\n";
    }
    std::cout << implied_lines(json) << "\n"
              << "start  outcome  iterations  revived  dead  objective\n";
    long number = 0;
    for (const Json& start : json["starts"]) {
        std::cout << fmt::format("{:>5}  {:<7}  {:>10}  {:>7}  {:>4}  {}\n", ++number,
                                 start["outcome"].get<std::string>(), start["iterations"].get<long>(),
                                 start["revived"].get<long>(), start["dead_classes"].size(),
                                 start["objective"].get<std::string>());
    }
    const Json& timing = json["timing"];
    std::cout << fmt::format(
        "\nseconds: search {:.3f}, refinement {:.3f}, certificate {:.3f}, one evaluation {:.6f}\n",
        timing["search_s"].get<double>(), timing["refine_s"].get<double>(),
        timing["certificate_s"].get<double>(), timing["evaluation_s"].get<double>());
}

bool is_npz(const std::string& path) {
    return path.size() > 4 && path.compare(path.size() - 4, 4, ".npz") == 0;
}

// W (K x d) and H (row k is h_k; in the samples form N rows, with their labels 0..K-1 as Y): doubles in a
// NumPy archive, or every digit in JSON.
void save(const std::string& path, const properties::CertifiedSolution& result) {
    std::vector<std::int64_t> labels;
    if (result.certificate.formulation == Formulation::samples) {
        for (const FeatureColumn& column :
             feature_columns(result.certificate.configuration, Formulation::samples)) {
            labels.push_back(column.label);
        }
    }
    if (is_npz(path)) {
        const Matrix<double> w = result.solution.minimizer.classifier.cast<double>();
        const Matrix<double> h = result.solution.minimizer.dense_features().transpose().cast<double>();
        files::write_npz(path, "--save", {{"W", w}, {"H", h}}, labels);
        return;
    }
    Json point = {{"W", result.certificate.classifier}, {"H", result.certificate.features}};
    if (!labels.empty()) {
        point["Y"] = labels;
    }
    files::write_atomically(path, point.dump(1) + "\n");
}

int run(const SolveArguments& arguments) {
    const Configuration configuration = arguments.common.configuration();
    const long digits = arguments.common.digit_count();
    const bool json_wanted = arguments.common.json();
    arguments.common.job_count();  // one configuration is solved by one thread
    if (arguments.formulation != "class-means" && !arguments.samples()) {
        throw InputError("'" + printable(arguments.formulation) + "' is not offered", "--formulation",
                         "class-means or samples");
    }
    solvers::SolveOptions options;
    options.formulation = arguments.samples() ? Formulation::samples : Formulation::class_means;
    options.digits = digits;
    options.seed = arguments.common.seed_number();
    options.measure_evaluation = true;
    if (!arguments.starts.empty()) {
        options.largest_starts = static_cast<long>(whole_number(arguments.starts, "--starts", 1, 1'000'000));
        options.all_starts = true;
    }
    arguments.samples() ? solvers::require_samples_fit(configuration, digits)
                        : solvers::require_fits(configuration, digits);
    options.search = search_method(arguments.search, configuration);
    if (!arguments.certificate.empty()) {
        require_writable(arguments.certificate, "--certificate");
    }
    if (!arguments.save.empty()) {
        require_writable(arguments.save, "--save");
    }
    const auto start = std::chrono::steady_clock::now();
    const properties::CertifiedSolution result = properties::solve_and_certify(configuration, options);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!arguments.certificate.empty() && result.bounds.feasible) {
        files::write_atomically(arguments.certificate, certificates::to_text(result.certificate));
    }
    if (!arguments.save.empty() && result.bounds.feasible) {
        save(arguments.save, result);
    }
    const Json json = solution_json(configuration, arguments, digits, result, seconds, options.search);
    if (json_wanted) {
        std::cout << json.dump(2) << "\n";
    } else {
        print_table(configuration, json);
    }
    return result.solution.status == "certified" ? status_ok : status_undecided;
}

}  // namespace

void add_solve(CLI::App& app, int& status) {
    auto arguments = std::make_shared<SolveArguments>();
    CLI::App& command =
        add_command(app, "solve", "Minimise problem (4) without the theorem, and certify the minimum");
    add_configuration_options(command, arguments->common);
    add_digits_option(command, arguments->common);
    add_seed_option(command, arguments->common);
    add_jobs_option(command, arguments->common);
    add_format_option(command, arguments->common);
    add_text(command, "--formulation", arguments->formulation,
             "class-means: one feature vector per class; samples: one per sample, none averaged");
    add_text(command, "--search", arguments->search,
             "descent: assumes nothing of the solution's shape; structured: one class to a coordinate, fast "
             "(default: structured where there is a coordinate for every class that can use one)");
    add_text(command, "--starts", arguments->starts,
             "Run exactly this many starts (default: until certified, at most 64)");
    add_text(command, "--certificate", arguments->certificate, "Write the certificate to this file");
    add_text(command, "--save", arguments->save,
             "Write W, H (and labels Y of samples): FILE.npz in double precision, FILE.json in decimals");
    add_flag(command, "--summary", arguments->summary, "Leave the K x K matrices out");
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
