#include "campaign/work.hpp"

#include <algorithm>
#include <chrono>

#include "campaign/store_file.hpp"
#include "problem/cancellation.hpp"
#include "trial/account.hpp"
#include "trial/case_run.hpp"
#include "trial/climb.hpp"

namespace ncverify::campaign {

namespace {

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void count_inputs(const Plan& plan, const trial::CaseKey& key, const trial::CaseRecord& record,
                  Finding& finding) {
    const std::string combination = plan.combination(key.instance);
    ++finding.combinations[combination];
    for (std::size_t j = 0; j < record.observations.size(); ++j) {
        std::vector<long>& hits = finding.claims[j].hits;
        hits.resize(combination.size());
        for (std::size_t i = 0; i < combination.size(); ++i) {
            const bool counts = record.observations[j].outcome != trial::Outcome::not_applicable;
            hits[i] += counts && combination[i] == 'y' ? 1 : 0;
        }
    }
}

void try_cases(const Plan& plan, const Task& task, const std::atomic<bool>& stop, Finding& finding) {
    for (const long number : task.cases) {
        if (stop) {
            return;
        }
        const auto begin = std::chrono::steady_clock::now();
        const trial::CaseKey key = plan.key(number);
        const trial::CaseRecord record = run_case(plan.paper(), key, plan.claims());
        const Place place{task.part, number};
        for (std::size_t j = 0; j < record.observations.size(); ++j) {
            finding.claims[j].add(plan.paper(), place, key, record.observations[j]);
        }
        if (task.part == Part::base) {
            count_inputs(plan, key, record, finding);
        }
        trial::add(finding.solver, effort_of(record), 1);
        ++finding.cases;
        merge(finding.slow, {{place, seconds_since(begin)}});
    }
}

// As a trial does (trial/trial.cpp): a walk from the closest case towards less slack.
void search(const Plan& plan, const Task& task, const std::atomic<bool>& stop, Finding& finding) {
    const auto claim = static_cast<std::size_t>(task.number);
    trial::Climber start{.key = task.from->key, .observation = {}, .number = std::nullopt};
    start.observation.slack = task.from->slack;
    Tally& tally = finding.claims[claim];
    const auto note = [&](const trial::CaseKey& key, const trial::Observation& observation) {
        tally.add(plan.paper(), {Part::search, finding.cases++}, key, observation);
    };
    trial::climb(
        plan.paper(), start, search_steps, [&] { return stop.load(); },
        [&](const trial::CaseKey& key) {
            trial::Observation observation = step_of_search(plan.paper(), plan.claims()[claim], key);
            note(key, observation);
            return observation;
        });
    const std::string& quick = plan.paper().quick_method;
    const std::vector<Kept>& closest = tally.of(Why::closest);
    if (!closest.empty() && closest.front().slack < task.from->slack && tally.refuted() == 0 &&
        !quick.empty() && quick != closest.front().key.method) {
        const trial::CaseKey end = closest.front().key;
        note(end, run_case(plan.paper(), end, {plan.claims()[claim]}).observations[0]);
    }
}

void shrink(const Plan& plan, const Task& task, const std::atomic<bool>& stop, Finding& finding) {
    const auto claim = static_cast<std::size_t>(task.number);
    trial::Observation failure;
    failure.outcome = trial::Outcome::refuted;
    failure.message = task.from->message;
    failure.values = task.from->values;
    const trial::Counterexample shrunk = trial::shrink(plan.paper(), plan.claims()[claim], task.from->key,
                                                       failure, [&] { return stop.load(); });
    Kept kept = *task.from;
    kept.key.instance = shrunk.instance;
    kept.message = shrunk.message;
    kept.values = shrunk.values;
    finding.claims[claim].keep(plan.paper(), Why::shrunk, std::move(kept));
}

}  // namespace

void merge(std::vector<Slow>& slow, const std::vector<Slow>& more) {
    slow.insert(slow.end(), more.begin(), more.end());
    std::stable_sort(slow.begin(), slow.end(),
                     [](const Slow& a, const Slow& b) { return a.seconds > b.seconds; });
    slow.resize(std::min(slow.size(), most_slow));
}

std::optional<Finding> work(const Plan& plan, const Task& task, const std::atomic<bool>& stop) {
    const auto begin = std::chrono::steady_clock::now();
    Finding finding;
    finding.part = task.part;
    finding.number = task.number;
    finding.machine = machine_name();
    try {
        const CancelWith cancel(&stop);
        switch (task.part) {
            case Part::base:
            case Part::adaptive:
                try_cases(plan, task, stop, finding);
                break;
            case Part::search:
                search(plan, task, stop, finding);
                break;
            case Part::shrink:
                shrink(plan, task, stop, finding);
                break;
        }
    } catch (const Cancelled&) {
        return std::nullopt;
    }
    finding.seconds = seconds_since(begin);
    return stop ? std::nullopt : std::optional(std::move(finding));
}

}  // namespace ncverify::campaign
