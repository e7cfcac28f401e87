#include "properties/trial.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "problem/random.hpp"
#include "properties/generators.hpp"
#include "properties/registry.hpp"
#include "solvers/solve.hpp"

namespace ncverify::properties {

namespace {

constexpr int most_raises = 3;           // doublings of precision before "inconclusive"
constexpr int most_shrink_trials = 300;  // simpler neighbours looked at for one counterexample
constexpr long block_size = 1024;        // cases in memory at a time

// What one case came to: one observation per claim, in the order of the claims.
struct CaseRecord {
    bool finished = false;
    SolverAccount solver;
    std::vector<Observation> observations;
};

// A check that throws is that claim's failure, not the run's.
Observation run_check(const Claim& claim, const Case& subject) {
    try {
        return claim.check(subject);
    } catch (const std::exception& error) {
        Observation failure;
        failure.outcome = Outcome::inconclusive;
        failure.message = std::string("the check itself failed: ") + error.what();
        return failure;
    }
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
        const Case subject = build_case(key, raise, search);
        if (raise == 0) {
            record.solver = subject.solver;
        }
        std::vector<std::size_t> undecided;
        for (const std::size_t j : open) {
            record.observations[j] = run_check(claims[j], subject);
            if (record.observations[j].outcome == Outcome::inconclusive) {
                undecided.push_back(j);
            }
        }
        open = std::move(undecided);
        if (!subject.solver.certified) {
            break;  // more digits will not close a certificate that the search missed
        }
    }
    record.finished = true;
    return record;
}

// Walks to a simpler configuration as long as the claim still fails there.
Counterexample shrink(const Claim& claim, CaseKey key, Observation failure, solvers::SearchMethod search,
                      const std::atomic<bool>& stop) {
    int trials = 0;
    for (bool moved = true; moved && !stop;) {
        moved = false;
        for (const Configuration& candidate : simpler(key.configuration)) {
            if (++trials > most_shrink_trials || stop) {
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
    switch (observation.outcome) {
        case Outcome::passed:
            ++result.passed;
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

/// The simplest configuration on which a claim failed: the best place to start shrinking from.
struct Failure {
    CaseKey key;
    Observation observation;
};

void add(TrialResult& result, std::vector<std::optional<Failure>>& failures, const CaseRecord& record,
         const CaseKey& key) {
    ++result.cases;
    if (record.solver.starts > 0) {
        ++(record.solver.certified ? result.solver.certified : result.solver.not_certified);
    }
    result.solver.starts_total += record.solver.starts;
    result.solver.starts_largest = std::max(result.solver.starts_largest, record.solver.starts);
    result.solver.local_minima_met += record.solver.local_minima;
    for (std::size_t j = 0; j < result.claims.size(); ++j) {
        const Observation& observation = record.observations[j];
        if (observation.outcome == Outcome::refuted &&
            (!failures[j] || key.configuration < failures[j]->key.configuration)) {
            failures[j] = Failure{key, observation};
        }
        add(result.claims[j], observation, key);
    }
}

Verdict verdict_of(const ClaimResult& result) {
    if (result.refuted > 0) {
        return Verdict::refuted;
    }
    return result.inconclusive == 0 && result.passed > 0 ? Verdict::verified : Verdict::inconclusive;
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
    const long fixed = static_cast<long>(options.fixed.size()), planned = fixed + options.random;
    const auto key_of = [&](long number) -> CaseKey {
        const std::uint64_t seed =
            options.exact_seed ? options.seed : split_seed(options.seed, static_cast<std::uint64_t>(number));
        if (number < fixed) {
            return {options.fixed[static_cast<std::size_t>(number)], seed, options.digits};
        }
        return {generate(options.seed, static_cast<std::uint64_t>(number - fixed)).value(), seed,
                options.digits};
    };
    TrialResult result;
    result.cases_planned = planned;
    std::vector<std::optional<Failure>> failures(options.claims.size());
    for (const Claim& claim : options.claims) {
        result.claims.emplace_back().claim = claim;
    }
    std::atomic<bool> out_of_time{false};
    std::atomic<long> done{0};
    tbb::task_arena arena(options.jobs > 0 ? options.jobs : tbb::task_arena::automatic);
    for (long begin = 0; begin < planned && !stop && !out_of_time; begin += block_size) {
        std::vector<CaseKey> keys(static_cast<std::size_t>(std::min(block_size, planned - begin)));
        std::vector<CaseRecord> records(keys.size());
        arena.execute([&] {
            tbb::parallel_for(std::size_t{0}, keys.size(), [&](std::size_t number) {
                if (options.seconds > 0 && elapsed() > options.seconds) {
                    out_of_time = true;
                }
                if (stop || out_of_time) {
                    return;
                }
                keys[number] = key_of(begin + static_cast<long>(number));
                records[number] = run_case(keys[number], options.claims, options.search);
                progress(++done, planned);
            });
        });
        // In the order of the cases, whatever order they ran in.
        for (std::size_t number = 0; number < keys.size(); ++number) {
            if (records[number].finished) {
                add(result, failures, records[number], keys[number]);
            }
        }
    }
    result.out_of_time = out_of_time;
    for (ClaimResult& claim_result : result.claims) {
        claim_result.verdict = verdict_of(claim_result);
    }
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, result.claims.size(), [&](std::size_t j) {
            if (failures[j]) {
                ClaimResult& claim_result = result.claims[j];
                CaseKey shrunk = failures[j]->key;
                claim_result.counterexample =
                    shrink(claim_result.claim, shrunk, failures[j]->observation, options.search, stop);
                shrunk.configuration = claim_result.counterexample->configuration;
                claim_result.replay = replay_token(claim_result.claim.id, shrunk);
            }
        });
    });
    result.interrupted = stop;
    result.seconds = elapsed();
    return result;
}

}  // namespace ncverify::properties
