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
            failures.push_back({std::move(claim), std::move(key)});
        } catch (const InputError& error) {
            throw InputError(
                "its failure of '" + printable(result.claim.id) + "' cannot be tried again: " + error.problem,
                where, "a report.json of `ncverify verify`");
        }
    }
    return failures;
}

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
    return json;
}

std::string table(const trial::Paper& paper, const std::vector<Failure>& failures,
                  const std::vector<Retry>& retries) {
    std::size_t width = 0;
    for (const Failure& failure : failures) {
        width = std::max(width, failure.claim.size());
    }
    std::string text;
    for (std::size_t i = 0; i < failures.size(); ++i) {
        text +=
            visible(fmt::format("{:<11}  {:<{}}  {}", trial::to_string(retries[i].outcome), failures[i].claim,
                                width, trial::replay_token(paper, failures[i].claim, failures[i].key))) +
            "\n";
    }
    return text;
}

}  // namespace ncverify::reports
