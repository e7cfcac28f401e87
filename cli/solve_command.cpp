// ncverify solve: minimise problem (4) without the theorem, and certify the result.
#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/bound_lines.hpp"
#include "cli/interruption.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "files/atomic_file.hpp"
#include "files/npz.hpp"
#include "library/checked.hpp"
#include "ncverify/solve.hpp"
#include "properties/printed_solution.hpp"

namespace ncverify::cli {

namespace {

struct SolveArguments {
    CommonOptions common{.jobs = {option::solve_jobs}};
    Given formulation{option::formulation}, search{option::solve_search}, starts{option::starts};
    Given certificate{option::certificate}, save{option::save};
    Given gap{option::solve_gap}, time{option::solve_time};
    bool summary = false;
};

void print_table(const Configuration& configuration, const api::Solution& solution) {
    const auto text = [](const std::string& value) { return value.empty() ? "-" : value; };
    const reports::Layout shown = layout();
    const reports::Tone tone = solution.status == api::SolutionStatus::certified ? reports::Tone::good
                               : solution.status == api::SolutionStatus::bounded ? reports::Tone::good
                               : solution.status == api::SolutionStatus::failed  ? reports::Tone::bad
                                                                                 : reports::Tone::doubtful;
    std::cout << "configuration  " << reports::wrapped(configuration.command_line(), 15, shown, 15) << "\n"
              << "search         " << to_string(solution.search) << "\n"
              << "status         " << reports::toned(to_string(solution.status), tone, shown) << "\n"
              << "objective      " << text(solution.objective) << "\n"
              << "lower bound    " << text(solution.lower_bound) << "\n"
              << "relative gap   " << text(solution.relative_gap) << "\n"
              << "KKT residual   " << text(solution.kkt_residual) << "\n";
    if (solution.formulation == Formulation::samples) {
        std::cout << "class spread   " << text(solution.within_class_spread) << "\n";
    }
    if (solution.branch_and_bound) {
        const api::BranchAndBound& tree = *solution.branch_and_bound;
        std::cout << fmt::format("branch, bound  {}: {} cells, {} leaves, {:.2f} s, checked in {:.2f} s\n",
                                 tree.ended, tree.nodes, tree.leaves, tree.search_seconds,
                                 tree.check_seconds);
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
    const std::string seconds =
        fmt::format("seconds: search {:.3f}, refinement {:.3f}, certificate {:.3f}, one evaluation {:.6f}",
                    timing.search, timing.refine, timing.certificate, timing.evaluation);
    std::cout << "\n" << reports::wrapped(seconds, 4, shown) << "\n";
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
        files::write_npz(path, option::save.name,
                         {{"W", doubles(point.classifier)}, {"H", doubles(point.features)}}, point.labels);
    } else {
        files::write_atomically(path, properties::to_json(point).dump(1) + "\n");
    }
}

// The first signal ends branch and bound, where that is what works, with the gap proven by then; else the
// program.
api::Solution solved(const Configuration& configuration, api::SolveOptions& options) {
    if (solvers::structured_search_applies(configuration)) {
        return api::solve(library::as_given(configuration), options);
    }
    Interruption interruption;
    options.stop = &interruption.requested();
    api::Solution solution = api::solve(library::as_given(configuration), options);
    interruption.work_has_ended();
    return solution;
}

int run(const SolveArguments& arguments) {
    const Configuration configuration = arguments.common.configuration();
    api::SolveOptions options;
    options.digits = arguments.common.digit_count();
    const bool json_wanted = arguments.common.json();
    options.jobs = arguments.common.job_count();
    options.gap = arguments.gap.empty() ? 0 : arguments.gap.share();
    options.seconds = arguments.time.empty() ? 0 : arguments.time.seconds();
    options.formulation = arguments.formulation.choice() == to_string(Formulation::samples)
                              ? Formulation::samples
                              : Formulation::class_means;
    options.seed = arguments.common.seed_number();
    if (!arguments.starts.empty()) {
        options.starts = static_cast<long>(arguments.starts.number());
    }
    if (!arguments.search.empty()) {
        options.search = solvers::parse_search_method(arguments.search.text, arguments.search.row.name);
    }
    options.matrices = !arguments.summary;
    options.certificate = !arguments.certificate.empty();
    options.point = !arguments.save.empty();
    arguments.certificate.require_writable();
    arguments.save.require_writable();
    require_different_files({&arguments.common.config, &arguments.certificate, &arguments.save});
    const api::Solution solution = with_progress([&] { return solved(configuration, options); });
    const auto write_certificate = [&] {
        if (!solution.certificate.empty()) {
            files::write_atomically(arguments.certificate.text, solution.certificate);
        }
    };
    const auto write_point = [&] {
        if (solution.point) {
            save(arguments.save.text, *solution.point);
        }
    };
    write_then_print({write_certificate, write_point}, [&] {
        if (json_wanted) {
            std::cout << to_json(solution) << "\n";
        } else {
            print_table(configuration, solution);
        }
    });
    if (solution.branch_and_bound && solution.branch_and_bound->interrupted) {
        return status_interrupted;
    }
    const bool close_enough = solution.status == api::SolutionStatus::bounded && options.gap > 0;
    return solution.status == api::SolutionStatus::certified || close_enough ? status_ok : status_undecided;
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
    for (Given* given : {&arguments->formulation, &arguments->search, &arguments->starts,
                         &arguments->certificate, &arguments->save, &arguments->gap, &arguments->time}) {
        add_option(command, *given);
    }
    add_option(command, option::summary, arguments->summary);
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
