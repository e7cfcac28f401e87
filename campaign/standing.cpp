#include "campaign/standing.hpp"

#include <algorithm>

#include "trial/coverage.hpp"

namespace ncverify::campaign {

namespace {

constexpr long rare = 5;                     // cases of a combination of inputs that are too few
constexpr long most_looked_at = 100'000;     // of the generator's next cases
constexpr long base_for_each_adaptive = 10;  // at most one further case for so many of the base plan

std::size_t index(Part part) {
    return static_cast<std::size_t>(part);
}

// The demands of a claim, none where a witness is all that it wants.
std::vector<trial::Demand> demands_of(const Plan& plan, const trial::Claim& claim) {
    return claim.existence         ? std::vector<trial::Demand>{}
           : claim.demands.empty() ? plan.paper().demands
                                   : claim.demands;
}

// By Plan::inputs: whether some claim has not seen enough of it.
std::vector<bool> open_inputs(const Plan& plan, const Standing& standing) {
    std::vector<bool> open(plan.inputs().size(), false);
    for (std::size_t j = 0; j < plan.claims().size(); ++j) {
        const Tally& tally = standing.tally(Part::base, j);
        for (const trial::Demand& demand : demands_of(plan, plan.claims()[j])) {
            for (std::size_t i = 0; i < open.size(); ++i) {
                if (plan.inputs()[i].input.name == demand.input.name) {
                    const long hits = i < tally.hits.size() ? tally.hits[i] : 0;
                    open[i] = open[i] || hits == 0 ||
                              trial::coverage(hits, tally.checked(), demand.share) != trial::Coverage::met;
                }
            }
        }
    }
    return open;
}

}  // namespace

Standing::Standing(const Plan& plan) : shrunk(plan.claims().size()) {
    for (std::vector<Tally>& each : tallies) {
        each.resize(plan.claims().size());
    }
}

Tally Standing::total(const Plan& plan, std::size_t claim) const {
    Tally sum;
    for (const std::vector<Tally>& each : tallies) {
        sum.merge(plan.paper(), each[claim]);
    }
    return sum;
}

bool Standing::add(const Plan& plan, const Finding& finding) {
    if (!done[index(finding.part)].insert(finding.number).second) {
        return false;
    }
    for (const auto& [claim, tally] : finding.claims) {
        if (finding.part == Part::shrink) {
            shrunk[claim] = tally.of(Why::shrunk).front();
        } else {
            tallies[index(finding.part)][claim].merge(plan.paper(), tally);
        }
    }
    for (const auto& [combination, cases_of_it] : finding.combinations) {
        combinations[combination] += cases_of_it;
    }
    cases[index(finding.part)] += finding.cases;
    merge(solver, finding.solver);
    merge(slow, finding.slow);
    seconds += finding.seconds;
    return true;
}

std::vector<long> adaptive_cases(const Plan& plan, const Standing& standing) {
    const std::vector<bool> open = open_inputs(plan, standing);
    std::map<std::string, long> seen = standing.combinations;
    std::vector<long> chosen;
    const auto most = static_cast<std::size_t>(plan.cases() / base_for_each_adaptive);
    const long end = plan.cases() + std::min(plan.cases(), most_looked_at);
    for (long number = plan.cases(); number < end && chosen.size() < most; ++number) {
        const std::string combination = plan.combination(plan.key(number).instance);
        bool wanted = seen[combination] < rare;
        for (std::size_t i = 0; i < open.size(); ++i) {
            wanted = wanted || (open[i] && combination[i] == 'y');
        }
        if (wanted) {
            ++seen[combination];
            chosen.push_back(number);
        }
    }
    return chosen;
}

Schedule::Schedule(const Plan& plan, const Standing& standing, Shard shard)
    : plan_(plan), standing_(standing), shard_(shard), next_block_(shard.index) {}

bool Schedule::base_done() const {
    return static_cast<long>(standing_.done[index(Part::base)].size()) == plan_.blocks(plan_.cases());
}

// The tasks known of once the base plan is done, whether done or not.
std::vector<std::pair<Part, long>> Schedule::wanted() const {
    std::vector<std::pair<Part, long>> tasks;
    if (!base_done() || !standing_.adaptive) {
        return tasks;
    }
    for (long block = 0; block < plan_.blocks(static_cast<long>(standing_.adaptive->size())); ++block) {
        tasks.emplace_back(Part::adaptive, block);
    }
    for (std::size_t j = 0; j < plan_.claims().size(); ++j) {
        const Tally& tally = standing_.tally(Part::base, j);
        if (!plan_.claims()[j].existence && tally.refuted() == 0 && !tally.of(Why::closest).empty()) {
            tasks.emplace_back(Part::search, static_cast<long>(j));
        }
    }
    if (std::all_of(tasks.begin(), tasks.end(),
                    [&](const auto& task) { return standing_.has(task.first, task.second); })) {
        for (std::size_t j = 0; j < plan_.claims().size(); ++j) {
            if (!plan_.claims()[j].existence && standing_.total(plan_, j).refuted() > 0) {
                tasks.emplace_back(Part::shrink, static_cast<long>(j));
            }
        }
    }
    return tasks;
}

Task Schedule::task_of(Part part, long number) const {
    Task task{.part = part, .number = number, .cases = {}, .from = {}};
    const long begin = number * plan_.block_size();
    if (part == Part::base) {
        for (long i = begin; i < std::min(begin + plan_.block_size(), plan_.cases()); ++i) {
            task.cases.push_back(i);
        }
    } else if (part == Part::adaptive) {
        const auto end = std::min(begin + plan_.block_size(), static_cast<long>(standing_.adaptive->size()));
        task.cases.assign(standing_.adaptive->begin() + begin, standing_.adaptive->begin() + end);
    } else {
        const auto claim = static_cast<std::size_t>(number);
        task.from = part == Part::search ? standing_.tally(Part::base, claim).of(Why::closest).front()
                                         : standing_.total(plan_, claim).of(Why::refuted).front();
    }
    return task;
}

std::optional<Task> Schedule::next() {
    for (; next_block_ < plan_.blocks(plan_.cases()); next_block_ += shard_.count) {
        if (!standing_.has(Part::base, next_block_)) {
            const long block = next_block_;
            next_block_ += shard_.count;
            return task_of(Part::base, block);
        }
    }
    if (shard_.whole()) {
        for (const auto& [part, number] : wanted()) {
            if (!standing_.has(part, number) && handed_out_.emplace(part, number).second) {
                return task_of(part, number);
            }
        }
    }
    return std::nullopt;
}

std::pair<long, long> Schedule::tasks() const {
    std::pair<long, long> counted{0, 0};
    for (long block = shard_.index; block < plan_.blocks(plan_.cases()); block += shard_.count) {
        counted.first += standing_.has(Part::base, block) ? 1 : 0;
        ++counted.second;
    }
    if (shard_.whole()) {
        for (const auto& [part, number] : wanted()) {
            counted.first += standing_.has(part, number) ? 1 : 0;
            ++counted.second;
        }
    }
    return counted;
}

bool Schedule::complete() const {
    const auto [done, known] = tasks();
    return done == known && (!shard_.whole() || standing_.adaptive.has_value());
}

}  // namespace ncverify::campaign
