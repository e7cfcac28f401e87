#include "properties/trial.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "problem/random.hpp"
#include "properties/climb.hpp"
#include "properties/generators.hpp"
#include "properties/registry.hpp"
#include "properties/simpler.hpp"
#include "solvers/solve.hpp"

namespace ncverify::properties {

namespace {

constexpr int most_raises = 3;            // doublings of precision before "inconclusive"
constexpr int most_shrink_trials = 1000;  // simpler neighbours looked at for one counterexample
constexpr double shrink_grace = 1.1;      // of the time limit, for shrinking alone
constexpr long block_size = 1024;         // cases in memory at a time
constexpr long most_extensions = 32;      // of the random cases asked for, to settle the coverage

// What one case came to: one observation per claim, in the order of the claims.
struct CaseRecord {
    bool finished = false;
    SolverAccount solver;
    std::vector<Observation> observations;
};

// A check that throws is that claim's failure, not the run's.
Observation run_check(const Claim& claim, const Case& subject) {
    Observation observation;
    subject.begin();
    try {
        observation = claim.check(subject);
    } catch (const std::exception& error) {
        observation.outcome = Outcome::inconclusive;
        observation.message = std::string("the check itself failed: ") + error.what();
    }
    if (claim.existence && observation.outcome == Outcome::refuted) {
        observation.outcome = Outcome::not_applicable;  // no witness; that refutes nothing
    }
    observation.evidence = subject.evidence();
    return observation;
}

// Runs claims on one case; those undecided run again at doubled precision.
CaseRecord run_case(const CaseKey& key, const std::vector<Claim>& claims, solvers::SearchMethod search) {
    CaseRecord record;
    record.observations.resize(claims.size());
    const bool enough_coordinates = key.configuration.dimension >= key.configuration.classes();
    std::vector<std::size_t> open;
    for (std::size_t j = 0; j < claims.size(); ++j) {
        if (enough_coordinates || claims[j].any_dimension) {
            open.push_back(j);
        }
    }
    for (int raise = 0; raise <= most_raises && !open.empty(); ++raise) {
        if (raise > 0 && !solvers::fits(key.configuration, comparison_digits(key, raise))) {
            break;
        }
        const PrecisionScope scope(comparison_digits(key, raise) + 40);
        const Case subject(key, raise, search);
        std::vector<std::size_t> undecided;
        for (const std::size_t j : open) {
            Observation& observation = record.observations[j];
            observation = run_check(claims[j], subject);
            // More digits will not close a certificate that the search missed.
            const bool hopeless =
                observation.evidence == Evidence::sampled && subject.solved() && !subject.solver().certified;
            if (observation.outcome == Outcome::inconclusive && !hopeless) {
                undecided.push_back(j);
            }
        }
        if (raise == 0 && subject.solved()) {
            record.solver = subject.solver();
        }
        open = std::move(undecided);
    }
    record.finished = true;
    return record;
}

// Walks to a simpler configuration as long as the claim still fails there.
Counterexample shrink(const Claim& claim, CaseKey key, Observation failure, solvers::SearchMethod search,
                      const std::function<bool()>& halted) {
    int trials = 0;
    for (bool moved = true; moved && !halted();) {
        moved = false;
        for (const Configuration& candidate : simpler(key.configuration)) {
            if (++trials > most_shrink_trials || halted()) {
                break;
            }
            CaseKey simpler_key = key;
            simpler_key.configuration = candidate;
            const CaseRecord record = run_case(simpler_key, {claim}, search);
            if (record.observations[0].outcome == Outcome::refuted) {
                key = simpler_key;
                failure = record.observations[0];
                moved = true;
                break;
            }
        }
    }
    return {key.configuration, failure.message, failure.values};
}

void add(ClaimResult& result, const Observation& observation, const CaseKey& key) {
    if (observation.outcome == Outcome::not_applicable) {
        ++result.skipped;
        return;
    }
    ++result.checked;
    if (observation.outcome != Outcome::inconclusive) {
        result.cases_evidence = result.passed + result.refuted == 0
                                    ? observation.evidence
                                    : std::min(result.cases_evidence, observation.evidence);
    }
    if (observation.slack && (!result.least_slack || *observation.slack < *result.least_slack)) {
        result.least_slack = observation.slack;
    }
    switch (observation.outcome) {
        case Outcome::passed:
            ++result.passed;
            result.distribution.add(key, observation);
            if (observation.error_log10 > result.worst_error_log10) {
                result.worst_error_log10 = observation.error_log10;
                if (result.refuted == 0 && result.inconclusive == 0) {
                    result.replay = replay_token(result.claim.id, key);
                }
            }
            break;
        case Outcome::refuted:
            if (++result.refuted == 1) {
                result.replay = replay_token(result.claim.id, key);
            }
            break;
        default:
            if (++result.inconclusive == 1 && result.refuted == 0) {
                result.replay = replay_token(result.claim.id, key);
                result.message = observation.message;
            }
    }
    if (result.replay.empty()) {
        result.replay = replay_token(result.claim.id, key);
    }
}

/// What the end of a trial looks into for one claim: the simplest configuration on which it failed, from
/// where shrinking starts, and the closest one on which it did not, from where the search for counterexamples
/// starts.
struct Notable {
    std::optional<Climber> failed, closest;

    void see(const CaseKey& key, const Observation& observation) {
        if (observation.outcome == Outcome::refuted &&
            (!failed || key.configuration < failed->key.configuration)) {
            failed = Climber{key, observation};
        }
        if (observation.outcome == Outcome::passed && observation.slack &&
            (!closest || *observation.slack < *closest->observation.slack)) {
            closest = Climber{key, observation};
        }
    }
};

void add(TrialResult& result, std::vector<Notable>& notable, const CaseRecord& record, const CaseKey& key,
         bool random) {
    ++result.cases;
    if (record.solver.starts > 0) {
        ++(record.solver.certified ? result.solver.certified : result.solver.not_certified);
    }
    result.solver.starts_total += record.solver.starts;
    result.solver.starts_largest = std::max(result.solver.starts_largest, record.solver.starts);
    result.solver.local_minima_met += record.solver.local_minima;
    for (std::size_t j = 0; j < result.claims.size(); ++j) {
        ClaimResult& claim = result.claims[j];
        const Observation& observation = record.observations[j];
        notable[j].see(key, observation);
        add(claim, observation, key);
        if (random && observation.outcome != Outcome::not_applicable) {
            for (CoverageRecord& covered : claim.coverage) {
                ++covered.cases;
                covered.hits += covered.demand.input.contains(key.configuration) ? 1 : 0;
            }
        }
    }
}

// Whether some demand is still open: its share is undecided, or (where no more cases are allowed) nothing was
// seen of it.
bool uncovered(const ClaimResult& result, bool until_covered) {
    return std::any_of(result.coverage.begin(), result.coverage.end(), [&](const CoverageRecord& covered) {
        const Coverage status = covered.status();
        return covered.hits == 0 || status == Coverage::missed ||
               (until_covered && status == Coverage::undecided);
    });
}

Verdict verdict_of(const ClaimResult& result, bool until_covered) {
    if (result.claim.existence) {  // one witness decides; that none was found decides nothing
        return result.passed > 0 ? Verdict::verified : Verdict::inconclusive;
    }
    if (result.refuted > 0) {
        return Verdict::refuted;
    }
    return result.inconclusive == 0 && result.passed > 0 && !uncovered(result, until_covered)
               ? Verdict::verified
               : Verdict::inconclusive;
}

// In words: which inputs a run did not see enough of.
std::string coverage_message(const ClaimResult& result) {
    std::string text;
    for (const CoverageRecord& covered : result.coverage) {
        if (covered.hits == 0 || covered.status() != Coverage::met) {
            text += (text.empty() ? "too few cases of: " : ", ") + covered.demand.input.name + " (" +
                    std::to_string(covered.hits) + " of " + std::to_string(covered.cases) + ")";
        }
    }
    return text;
}

}  // namespace

std::string to_string(Verdict verdict) {
    return verdict == Verdict::verified  ? "verified"
           : verdict == Verdict::refuted ? "refuted"
                                         : "inconclusive";
}

TrialResult run_trial(const TrialOptions& options, const std::atomic<bool>& stop,
                      const std::function<void(long, long)>& progress) {
    const auto start = std::chrono::steady_clock::now();
    const auto elapsed = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    const auto kept = static_cast<long>(options.examples.size());
    const long fixed = kept + static_cast<long>(options.fixed.size());
    const auto key_of = [&](long number) -> CaseKey {
        if (number < kept) {
            const CaseKey& example = options.examples[static_cast<std::size_t>(number)];
            return {example.configuration, example.seed, options.digits};
        }
        const std::uint64_t seed = options.exact_seed
                                       ? options.seed
                                       : split_seed(options.seed, static_cast<std::uint64_t>(number - kept));
        if (number < fixed) {
            return {options.fixed[static_cast<std::size_t>(number - kept)], seed, options.digits};
        }
        return {generate(options.seed, static_cast<std::uint64_t>(number - fixed)).value(), seed,
                options.digits};
    };
    TrialResult result;
    result.cases_planned = fixed + options.random;
    std::vector<Notable> notable(options.claims.size());
    for (const Claim& claim : options.claims) {
        ClaimResult& added = result.claims.emplace_back();
        added.claim = claim;
        for (const Demand& demand : options.random > 0 ? claim.demands : std::vector<Demand>{}) {
            added.coverage.push_back({demand});
        }
    }
    std::atomic<bool> out_of_time{false};
    std::atomic<long> done{0};
    const auto halted = [&] {
        if (options.seconds > 0 && elapsed() > options.seconds) {
            out_of_time = true;
        }
        return stop || out_of_time;
    };
    tbb::task_arena arena(options.jobs > 0 ? options.jobs : tbb::task_arena::automatic);
    const auto run_cases = [&](long begin, long end) {
        for (; begin < end && !halted(); begin += block_size) {
            std::vector<CaseKey> keys(static_cast<std::size_t>(std::min(block_size, end - begin)));
            std::vector<CaseRecord> records(keys.size());
            arena.execute([&] {
                tbb::parallel_for(std::size_t{0}, keys.size(), [&](std::size_t number) {
                    if (!halted()) {
                        keys[number] = key_of(begin + static_cast<long>(number));
                        records[number] = run_case(keys[number], options.claims, options.search);
                        progress(++done, result.cases_planned);
                    }
                });
            });
            // In the order of the cases, whatever order they ran in.
            for (std::size_t number = 0; number < keys.size(); ++number) {
                if (records[number].finished) {
                    add(result, notable, records[number], keys[number],
                        begin + static_cast<long>(number) >= fixed);
                }
            }
        }
    };
    run_cases(0, result.cases_planned);
    const auto more_wanted = [&] {
        return std::any_of(result.claims.begin(), result.claims.end(), [](const ClaimResult& claim) {
            return !claim.claim.existence && claim.refuted == 0 &&
                   std::any_of(claim.coverage.begin(), claim.coverage.end(),
                               [](const CoverageRecord& c) { return c.status() == Coverage::undecided; });
        });
    };
    const long most = fixed + most_extensions * options.random;
    while (options.until_covered && !halted() && result.cases_planned < most && more_wanted()) {
        const long planned = result.cases_planned;
        result.cases_planned = std::min(most, fixed + 2 * (planned - fixed));
        run_cases(planned, result.cases_planned);
    }
    // Out of time, counterexamples still get a while to become readable.
    const auto too_late = [&] {
        return stop || (options.seconds > 0 && elapsed() > shrink_grace * options.seconds);
    };
    // Search and shrinking, claim by claim; each is one claim's own walk, so threads do not matter.
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, result.claims.size(), [&](std::size_t j) {
            ClaimResult& claim = result.claims[j];
            const auto attempt = [&](const CaseKey& key) {
                return run_case(key, {claim.claim}, options.search).observations[0];
            };
            if (notable[j].closest && !notable[j].failed && !claim.claim.existence) {
                climb(*notable[j].closest, options.search_steps, halted, [&](const CaseKey& key) {
                    const Observation observation = attempt(key);
                    ++claim.searched;
                    add(claim, observation, key);
                    notable[j].see(key, observation);
                    return observation;
                });
            }
            claim.verdict = verdict_of(claim, options.until_covered);
            if (claim.verdict == Verdict::inconclusive && claim.message.empty()) {
                claim.message = coverage_message(claim);
            }
            if (notable[j].failed && !claim.claim.existence) {
                CaseKey shrunk = notable[j].failed->key;
                claim.counterexample =
                    shrink(claim.claim, shrunk, notable[j].failed->observation, options.search, too_late);
                shrunk.configuration = claim.counterexample->configuration;
                claim.replay = replay_token(claim.claim.id, shrunk);
            }
        });
    });
    result.out_of_time = out_of_time;
    result.interrupted = stop;
    result.seconds = elapsed();
    return result;
}

}  // namespace ncverify::properties
