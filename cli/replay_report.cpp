#include "cli/replay_report.hpp"

#include <filesystem>
#include <iostream>
#include <mutex>

#include "cli/interruption.hpp"
#include "cli/messages.hpp"
#include "cli/papers.hpp"
#include "problem/errors.hpp"
#include "reports/failures.hpp"
#include "reports/report_reader.hpp"

namespace ncverify::cli {

namespace {

void require_alone(const VerifyArguments& arguments) {
    for (const Given* given :
         {&arguments.paper, &arguments.random, &arguments.claims, &arguments.time, &arguments.search,
          &arguments.expect, &arguments.record, &arguments.proofs, &arguments.keep, &arguments.cases}) {
        if (!given->empty()) {
            throw InputError(std::string("given together with ") + given->row.name, "--replay",
                             "the report alone");
        }
    }
    if (arguments.common.names_configuration() || !arguments.screens.empty() ||
        !arguments.trainings.empty()) {
        throw InputError("given together with a configuration, --screen or --training", "--replay",
                         "the report alone");
    }
}

}  // namespace

bool names_report(const std::string& replay) {
    for (const trial::Paper* paper : papers()) {
        if (replay.starts_with(paper->token_mark + ":")) {
            return false;
        }
    }
    std::error_code ignored;
    return replay == "-" || replay.ends_with(".json") || std::filesystem::exists(replay, ignored);
}

int replay_report(const VerifyArguments& arguments) {
    require_alone(arguments);
    const bool json = arguments.common.json();
    const reports::Report report = reports::read_report(arguments.replay.text, papers());
    const std::vector<trial::Failure> failures = reports::failures_of(report, arguments.replay.text);
    const int jobs = arguments.common.job_count();
    std::mutex mutex;
    std::vector<trial::Retry> retries(failures.size());
    const auto print = [&] {
        const std::lock_guard lock(mutex);
        if (json) {
            std::cout << reports::to_json(*report.paper, failures, retries)
                             .dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                      << std::endl;
        } else {
            std::cout << (failures.empty() ? "no failures\n"
                                           : reports::table(*report.paper, failures, retries))
                      << std::flush;
        }
    };
    Interruption interruption;
    interruption.if_given_up(print);
    trial::retry(*report.paper, failures, jobs, interruption.requested(),
                 [&](std::size_t i, trial::Retry seen) {
                     const std::lock_guard lock(mutex);
                     retries[i] = std::move(seen);
                 });
    interruption.work_has_ended();
    print();
    if (interruption.requested()) {
        return status_interrupted;
    }
    for (std::size_t i = 0; i < failures.size(); ++i) {
        if (!trial::is_right(failures[i], retries[i])) {
            return status_differs;
        }
    }
    return status_ok;
}

}  // namespace ncverify::cli
