// ncverify solve: minimise problem (4) without the theorem, and certify the result.
#include <fmt/format.h>

#include <cstdlib>
#include <iostream>

#include "cli/bound_lines.hpp"
#include "cli/npz.hpp"
#include "cli/options.hpp"
#include "library/checked.hpp"
#include "ncverify/solve.hpp"
#include "problem/errors.hpp"
#include "problem/limits.hpp"
#include "properties/printed_solution.hpp"
#include "reports/atomic_file.hpp"

namespace ncverify::cli {

namespace {

struct SolveArguments {
    CommonOptions common;
    std::string formulation = "class-means", search, starts, certificate, save;
    bool summary = false;
};

Formulation formulation(const std::string& text) {
    for (const Formulation offered : {Formulation::class_means, Formulation::samples}) {
        if (text == to_string(offered)) {
            return offered;
        }
    }
    throw InputError("'" + printable(text) + "' is not offered", "--formulation", "class-means or samples");
}

void print_table(const Configuration& configuration, const api::Solution& solution) {
    const auto text = [](const std::string& value) { return value.empty() ? "-" : value; };
    std::cout << "configuration  " << configuration.command_line() << "\n"
              << "search         " << to_string(solution.search) << "\n"
              << "status         " << to_string(solution.status) << "\n"
              << "objective      " << text(solution.objective) << "\n"
              << "lower bound    " << text(solution.lower_bound) << "\n"
              << "relative gap   " << text(solution.relative_gap) << "\n"
              << "KKT residual   " << text(solution.kkt_residual) << "\n";
    if (solution.formulation == Formulation::samples) {
        std::cout << "class spread   " << text(solution.within_class_spread) << "\n";
    }
    std::cout << bound_lines(solution.gap_terms, solution.implied) << "\n"
              << "start  outcome  iterations  revived  dead  objective\n";
    long number = 0;
    for (const api::StartRecord& start : solution.starts) {
        std::cout << fmt::format("{:>5}  {:<7}  {:>10}  {:>7}  {:>4}  {}\n", ++number,
                                 to_string(start.outcome), start.iterations, start.revived,
                                 start.dead_classes.size(), start.objective);
    }
    const api::SolveTiming& timing = solution.timing;
    std::cout << fmt::format(
        "\nseconds: search {:.3f}, refinement {:.3f}, certificate {:.3f}, one evaluation {:.6f}\n",
        timing.search, timing.refine, timing.certificate, timing.evaluation);
}

bool is_npz(const std::string& path) {
    return path.size() > 4 && path.compare(path.size() - 4, 4, ".npz") == 0;
}

// Decimals as the nearest doubles.
Matrix<double> doubles(const api::DecimalMatrix& rows) {
    Matrix<double> matrix(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows[0].size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = 0; j < rows[i].size(); ++j) {
            matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) =
                std::strtod(rows[i][j].c_str(), nullptr);
        }
    }
    return matrix;
}

// Doubles in a NumPy archive, or every digit in JSON.
void save(const std::string& path, const api::Point& point) {
    if (is_npz(path)) {
        write_npz(path, {{"W", doubles(point.classifier)}, {"H", doubles(point.features)}}, point.labels);
    } else {
        reports::write_atomically(path, properties::to_json(point).dump(1) + "\n");
    }
}

int run(const SolveArguments& arguments) {
    const Configuration configuration = arguments.common.configuration();
    api::SolveOptions options;
    options.digits = arguments.common.digit_count();
    const bool json_wanted = arguments.common.json();
    arguments.common.job_count();  // one configuration is solved by one thread
    options.formulation = formulation(arguments.formulation);
    options.seed = arguments.common.seed_number();
    if (!arguments.starts.empty()) {
        options.starts = static_cast<long>(whole_number(arguments.starts, "--starts", 1, largest_starts));
    }
    if (!arguments.search.empty()) {
        options.search = solvers::parse_search_method(arguments.search, "--search");
    }
    options.matrices = !arguments.summary;
    options.certificate = !arguments.certificate.empty();
    options.point = !arguments.save.empty();
    if (options.certificate) {
        require_writable(arguments.certificate, "--certificate");
    }
    if (options.point) {
        require_writable(arguments.save, "--save");
    }
    const api::Solution solution = api::solve(library::as_given(configuration), options);
    if (!solution.certificate.empty()) {
        reports::write_atomically(arguments.certificate, solution.certificate);
    }
    if (solution.point) {
        save(arguments.save, *solution.point);
    }
    if (json_wanted) {
        std::cout << to_json(solution) << "\n";
    } else {
        print_table(configuration, solution);
    }
    return solution.status == api::SolutionStatus::certified ? status_ok : status_undecided;
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
