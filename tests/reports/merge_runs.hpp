// Runs that share cases, and what their merged report must come to: for the tests of merging.
#pragma once

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "busy_paper.hpp"
#include "files/json_text.hpp"
#include "problem/errors.hpp"
#include "reports/json_writer.hpp"
#include "reports/merge.hpp"
#include "reports/report_reader.hpp"
#include "trial/trial.hpp"

using namespace ncverify;
using namespace ncverify::reports;
using trial::CaseKey;
using trial::ClaimResult;
using trial::Outcome;
using trial::TrialOptions;
using trial::Verdict;

namespace {  // in each test file its own

const std::atomic<bool> never{false};

/// A run, and what a witness saw of it: by claim and token, how often and with which outcome.
struct Run {
    Report report;
    std::map<std::string, std::map<std::string, std::pair<long, Outcome>>> seen;
};

Run made(TrialOptions options) {
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
    run.report.trial = trial::run_trial(busy::paper(), options, never, [](long, long) {});
    return run;
}

Report written_and_read(const Report& report) {
    return parse_report(json_text(report), "test", {&busy::paper()});
}

std::string text_without_timing(const Report& report) {
    auto json = to_json(report);
    json.erase("timing");
    return json.dump(1);
}

std::vector<CaseKey> some_of(const std::vector<CaseKey>& keys) {
    std::vector<CaseKey> some;
    for (const CaseKey& key : keys) {
        if (*rc::gen::arbitrary<bool>()) {
            some.push_back(key);
        }
    }
    return some;
}

std::vector<CaseKey> kept(const std::vector<long>& numbers) {
    std::vector<CaseKey> keys;
    for (const long number : numbers) {
        keys.push_back({.instance = number, .seed = static_cast<std::uint64_t>(100 + 5 * number)});
    }
    return keys;
}

/// Any run, of few different cases, so that runs share many.
TrialOptions any_options() {
    TrialOptions options;
    options.seed = *rc::gen::inRange<std::uint64_t>(1, 3);
    options.digits = *rc::gen::element(50L, 50L, 60L);
    options.method = *rc::gen::element<std::string>("first", "first", "second");
    options.random = *rc::gen::inRange(0L, 25L);
    options.until_covered = *rc::gen::element(false, false, true);
    options.search_steps = 0;
    options.examples = some_of(kept({3, 7, 8, 8, 33, 40, 40, 40}));
    options.fixed.assign(*rc::gen::inRange<std::size_t>(0, 3), trial::Instance(9L));
    for (const trial::Claim& claim : busy::paper().claims) {
        if (*rc::gen::inRange(0, 4) > 0) {
            options.claims.push_back(claim);
        }
    }
    if (options.claims.empty()) {
        options.claims = {busy::paper().claims.front()};
    }
    return options;
}

/// What the witnesses saw altogether, a case as often as the run that tried it most often.
std::map<Outcome, long> counted(const std::vector<Run>& runs, const std::string& claim) {
    std::map<std::string, std::pair<long, Outcome>> all;
    for (const Run& run : runs) {
        const auto found = run.seen.find(claim);
        for (const auto& [token, entry] : found == run.seen.end() ? decltype(all){} : found->second) {
            auto& known = all[token];
            known = {std::max(known.first, entry.first), entry.second};
        }
    }
    std::map<Outcome, long> counts;
    for (const auto& [token, entry] : all) {
        counts[entry.second] += entry.first;
    }
    return counts;
}

const ClaimResult* find(const Report& report, const std::string& id) {
    for (const ClaimResult& each : report.trial.claims) {
        if (each.claim.id == id) {
            return &each;
        }
    }
    return nullptr;
}

/// A run's claims as report.json has them, but for what only says which of equally hard cases is named.
nlohmann::ordered_json claims_json(const Report& report) {
    auto claims = to_json(report)["claims"];
    for (auto& claim : claims) {
        claim.erase("hardest");
        if (claim["verdict"] != "refuted") {
            claim.erase("replay");
        }
        if (claim["verdict"] == "refuted") {
            claim.erase("message");
        }
    }
    return claims;
}

}  // namespace
