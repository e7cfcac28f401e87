// ncverify report: runs that were written to report.json, merged, compared and written again.
#include <iostream>
#include <optional>

#include "cli/messages.hpp"
#include "cli/options.hpp"
#include "cli/outcome.hpp"
#include "cli/papers.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "files/json.hpp"
#include "problem/errors.hpp"
#include "reports/changes.hpp"
#include "reports/merge.hpp"
#include "reports/report_reader.hpp"
#include "reports/screens.hpp"
#include "reports/trainings.hpp"
#include "reports/writers.hpp"

namespace ncverify::cli {

namespace {

struct ReportArguments {
    CommonOptions common;
    std::vector<std::string> files, screens, trainings;
    Given out{option::report_out};
};

int run(const ReportArguments& arguments) {
    const bool json_wanted = arguments.common.json();
    arguments.out.require_folder(reports::file_names());
    std::vector<reports::Report> runs;
    std::optional<Progress> progress(std::in_place);
    for (const std::string& file : arguments.files) {
        progress->show("reports", static_cast<double>(runs.size()),
                       static_cast<double>(arguments.files.size()));
        runs.push_back(reports::read_report(file, papers()));
    }
    reports::Report merged = reports::merge(runs);  // all at once: two by two, their order could matter
    for (const std::string& file : arguments.screens) {
        reports::unite_screens(merged.screens, Json::array({reports::read_screen(file)}));
    }
    for (const std::string& file : arguments.trainings) {
        merged.trainings.push_back(reports::read_training(file, arguments.out.text));
    }
    progress.reset();
    // Between the first two of more than two there would be no telling what is meant.
    const auto changes =
        runs.size() == 2 ? reports::changes(runs[0], runs[1]) : std::vector<reports::Change>{};
    const auto write = [&] {
        if (!arguments.out.empty()) {
            reports::write_all(merged, arguments.out.text);
            say_report((std::filesystem::path(arguments.out.text) / "index.html").string());
        }
    };
    write_then_print({write}, [&] {
        if (json_wanted) {
            nlohmann::ordered_json json = reports::to_json(changes);
            json["summary"] = reports::summary(merged);
            std::cout << json.dump(2) << "\n";
        } else {
            std::cout << (runs.size() == 2 ? reports::table(changes, layout()) + "\n" : "")
                      << reports::wrapped(reports::summary(merged), 0, layout()) << "\n";
        }
    });
    const bool regressed = std::any_of(changes.begin(), changes.end(), [](const reports::Change& change) {
        return change.trend == reports::Trend::regression;
    });
    return regressed ? status_differs : status_ok;
}

}  // namespace

void add_report(CLI::App& app, int& status) {
    auto arguments = std::make_shared<ReportArguments>();
    CLI::App& command = add_command(
        app, "report",
        "Merge runs that verify has written, and show what two of them differ in, regressions first");
    add_option(command, option::report_files, arguments->files);
    add_screens_option(command, arguments->screens);
    add_trainings_option(command, arguments->trainings);
    add_format_option(command, arguments->common);
    add_option(command, arguments->out);
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
