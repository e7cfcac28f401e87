#include "reports/failures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "problem/errors.hpp"
#include "reports/text.hpp"

namespace ncverify::reports {

using trial::Failure;
using trial::Retry;
using trial::RetryOutcome;

std::vector<Failure> failures_of(const Report& report, const std::string& where) {
    std::vector<Failure> failures;
    for (const trial::ClaimResult& result : report.trial.claims) {
        if (result.verdict == trial::Verdict::verified || result.refuted + result.inconclusive == 0) {
            continue;
        }
        try {
            auto [claim, key] = trial::parse_replay_token(*report.paper, result.replay);
            if (claim != result.claim.id) {
                throw InputError("its token is another claim's", where, "its own");
            }
            report.paper->require_fits(key);
            const bool expected = result.verdict == trial::Verdict::refuted && report.expected &&
                                  report.expected->find(claim) == trial::Verdict::refuted;
            failures.push_back({std::move(claim), std::move(key), expected});
        } catch (const InputError& error) {
            throw InputError(
                "its failure of '" + printable(result.claim.id) + "' cannot be tried again: " + error.problem,
                where, "a report.json of `ncverify verify`");
        }
    }
    return failures;
}

namespace {

std::ptrdiff_t right_ones(const std::vector<Failure>& failures, const std::vector<Retry>& retries) {
    std::ptrdiff_t right = 0;
    for (std::size_t i = 0; i < failures.size(); ++i) {
        right += trial::is_right(failures[i], retries[i]) ? 1 : 0;
    }
    return right;
}

}  // namespace

nlohmann::ordered_json to_json(const trial::Paper& paper, const std::vector<Failure>& failures,
                               const std::vector<Retry>& retries) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array(), json;
    for (std::size_t i = 0; i < failures.size(); ++i) {
        nlohmann::ordered_json values = nlohmann::ordered_json::object();
        for (const auto& [name, value] : retries[i].observation.values) {
            values[name] = value;
        }
        list.push_back({{"claim", failures[i].claim},
                        {"outcome", trial::to_string(retries[i].outcome)},
                        {"expected", failures[i].expected},
                        {"message", retries[i].observation.message},
                        {"values", std::move(values)},
                        {"replay", trial::replay_token(paper, failures[i].claim, failures[i].key)}});
    }
    json["failures"] = std::move(list);
    for (const auto& [name, outcome] : {std::pair{"still_failing", RetryOutcome::still_fails},
                                        {"fixed", RetryOutcome::fixed},
                                        {"gone", RetryOutcome::gone},
                                        {"not_reached", RetryOutcome::not_reached}}) {
        json[name] = std::count_if(retries.begin(), retries.end(),
                                   [wanted = outcome](const Retry& each) { return each.outcome == wanted; });
    }
    json["otherwise_than_expected"] = std::ssize(failures) - right_ones(failures, retries);
    return json;
}

namespace {

// What was expected to fail is marked where it does, and where it no longer does.
std::string outcome_text(const Failure& failure, const Retry& retry) {
    const std::string text = trial::to_string(retry.outcome);
    return !failure.expected                            ? text
           : trial::is_right(failure, retry)            ? text + ", as it must"
           : retry.outcome == RetryOutcome::fixed       ? "no longer fails"
           : retry.outcome == RetryOutcome::still_fails ? "undecided now"
                                                        : text;
}

}  // namespace

std::string table(const trial::Paper& paper, const std::vector<Failure>& failures,
                  const std::vector<Retry>& retries) {
    std::size_t width = 0;
    for (const Failure& failure : failures) {
        width = std::max(width, failure.claim.size());
    }
    std::string text;
    for (std::size_t i = 0; i < failures.size(); ++i) {
        text += visible(fmt::format("{:<23}  {:<{}}  {}", outcome_text(failures[i], retries[i]),
                                    failures[i].claim, width,
                                    trial::replay_token(paper, failures[i].claim, failures[i].key))) +
                "\n";
    }
    return text;
}

}  // namespace ncverify::reports
