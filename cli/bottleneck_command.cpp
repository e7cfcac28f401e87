// ncverify bottleneck: certified minima with fewer coordinates than classes, along lines of decays.
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/interruption.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "cli/progress.hpp"
#include "files/atomic_file.hpp"
#include "problem/errors.hpp"
#include "reports/phase_diagram.hpp"
#include "reports/survey_page.hpp"

namespace ncverify::cli {

namespace {

constexpr const char* survey_file = "bottleneck.json";
constexpr const char* page_file = "index.html";
constexpr const char* picture_file = "phases.svg";
constexpr double narrowest = 1e-11;  // boundaries are sought among decimals of 12 digits

struct BottleneckArguments {
    CommonOptions common{.digits = {option::survey_digits}};
    std::vector<std::string> counts;
    Given dim{option::survey_dim}, from{option::survey_from}, to{option::survey_to},
        points{option::survey_points};
    Given width{option::survey_width}, time{option::survey_time}, out{option::survey_out};
};

double decay(const Given& given) {
    return parse_lambda(given.text, given.row.name).convert_to<double>();
}

properties::SurveyOptions survey_options(const BottleneckArguments& arguments) {
    properties::SurveyOptions options;
    if (arguments.counts.empty()) {
        throw InputError("missing", "--counts", "samples per class such as 2,1,1, once for each line");
    }
    const double from = decay(arguments.from), to = decay(arguments.to);
    if (!(from > 0) || !(from < to) || !std::isfinite(to)) {
        throw InputError("no interval", "--from, --to",
                         "two decays, the first smaller, within double precision");
    }
    for (const std::string& counts : arguments.counts) {
        const auto dimension = static_cast<long long>(arguments.dim.number());
        options.lines.push_back({make_configuration(parse_counts(counts, "--counts"), "1", "1", dimension),
                                 from, to, static_cast<long>(arguments.points.number())});
    }
    options.width = arguments.width.empty() ? 0 : arguments.width.share();
    if (!arguments.width.empty() && options.width < narrowest) {
        throw InputError("'" + printable(arguments.width.text) + "' is finer than the 12 digits of a decay",
                         arguments.width.row.name, "at least 1e-11");
    }
    options.digits = arguments.common.digit_count();
    options.seed = arguments.common.seed_number();
    options.jobs = arguments.common.job_count();
    options.seconds_each = arguments.time.seconds();
    return options;
}

void print_table(const properties::Survey& survey) {
    for (const properties::SurveyedLine& line : survey.lines) {
        std::cout << "counts " << counts_text(line.line.configuration.counts)
                  << ", d = " << line.line.configuration.dimension << "\n"
                  << "decay         loss                   gap       structure\n";
        for (const properties::SurveyPoint& point : line.points) {
            std::cout << fmt::format("{:<12}  {:<21}  {:<8}  {}{}\n", point.decay, point.objective,
                                     point.relative_gap, point.structure,
                                     point.certified ? "" : "  not certified");
        }
        for (const properties::PhaseBoundary& boundary : line.boundaries) {
            std::cout << fmt::format("boundary between {} ({}) and {} ({}), loss {}\n", boundary.below.decay,
                                     boundary.below.structure, boundary.above.decay, boundary.above.structure,
                                     boundary.below.objective);
        }
        std::cout << "\n";
    }
}

int run(const BottleneckArguments& arguments) {
    properties::SurveyOptions options = survey_options(arguments);
    const bool json_wanted = arguments.common.json();
    arguments.out.require_folder({survey_file, picture_file, page_file});
    Interruption interruption;
    options.stop = &interruption.requested();
    const properties::Survey survey = with_progress([&] { return properties::survey(options); });
    interruption.work_has_ended();
    const std::string document = to_json(survey).dump(2) + "\n";
    const auto write = [&] {
        if (!arguments.out.empty()) {
            const std::filesystem::path folder = arguments.out.text;
            files::create_directory(folder);
            files::write_each(folder, {{survey_file, [&] { return document; }},
                                       {picture_file, [&] { return reports::phase_diagram(survey); }},
                                       {page_file, [&] { return reports::survey_page(survey); }}});
        }
    };
    write_then_print({write}, [&] {
        if (json_wanted) {
            std::cout << document;
        } else {
            print_table(survey);
        }
    });
    return survey.interrupted ? status_interrupted : survey.all_certified() ? status_ok : status_undecided;
}

}  // namespace

void add_bottleneck(CLI::App& app, int& status) {
    auto arguments = std::make_shared<BottleneckArguments>();
    CLI::App& command = add_command(app, "bottleneck",
                                    "Certified minima with fewer coordinates than classes, and their phases");
    add_option(command, option::survey_counts, arguments->counts);
    for (Given* given : {&arguments->dim, &arguments->from, &arguments->to, &arguments->points,
                         &arguments->width, &arguments->time, &arguments->out}) {
        add_option(command, *given);
    }
    add_digits_option(command, arguments->common);
    add_seed_option(command, arguments->common);
    add_jobs_option(command, arguments->common);
    add_format_option(command, arguments->common);
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
