// Runs of the busy paper, as reports.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "busy_paper.hpp"
#include "reports/json_writer.hpp"
#include "reports/report_reader.hpp"
#include "trial/trial.hpp"

namespace ncverify::busy {

/// A run, and what a witness saw of it: by claim and token, how often and with which outcome.
struct Run {
    reports::Report report;
    std::map<std::string, std::map<std::string, std::pair<long, trial::Outcome>>> seen;
};

inline Run made(trial::TrialOptions options) {
    Run run;
    options.jobs = 1;
    const auto listed = static_cast<long>(options.examples.size() + options.fixed.size());
    options.witness = [&](const trial::Sighting& sighting) {
        if (sighting.number) {
            // Numbers are few: that one is also drawn, or drawn twice, makes no case of two.
            const std::string drawn =
                *sighting.number < listed ? "" : " drawn after " + std::to_string(options.fixed.size());
            auto& entry =
                run.seen[sighting.claim.id][trial::replay_token(busy::paper(), "", sighting.key) + drawn];
            ++entry.first;
            entry.second = sighting.observation.outcome;
        }
    };
    run.report.paper = &busy::paper();
    run.report.run.seed = options.seed;
    run.report.run.digits = options.digits;
    run.report.run.search = options.method;
    run.report.run.fixed = options.fixed;
    run.report.run.random = options.random;
    const std::atomic<bool> never{false};
    run.report.trial = trial::run_trial(busy::paper(), options, never, [](long, long) {});
    return run;
}

inline reports::Report written_and_read(const reports::Report& report) {
    return reports::parse_report(reports::json_text(report), "test", {&busy::paper()});
}

inline std::vector<trial::CaseKey> kept(const std::vector<long>& numbers) {
    std::vector<trial::CaseKey> keys;
    for (const long number : numbers) {
        keys.push_back({.instance = number, .seed = static_cast<std::uint64_t>(100 + 5 * number)});
    }
    return keys;
}

inline const trial::ClaimResult* find(const reports::Report& report, const std::string& id) {
    for (const trial::ClaimResult& each : report.trial.claims) {
        if (each.claim.id == id) {
            return &each;
        }
    }
    return nullptr;
}

}  // namespace ncverify::busy
