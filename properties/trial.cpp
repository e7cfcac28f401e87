#include "properties/trial.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <mutex>

#include "problem/random.hpp"
#include "properties/generators.hpp"
#include "properties/registry.hpp"

namespace ncverify::properties {

namespace {

constexpr int most_raises = 3;          // doublings of precision before "inconclusive"
constexpr int most_shrink_trials = 300;  // simpler neighbours looked at for one counterexample

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
CaseRecord run_case(const CaseKey& key, const std::vector<Claim>& claims) {
    CaseRecord record;
    record.observations.resize(claims.size());
    std::vector<std::size_t> open(claims.size());
    for (std::size_t j = 0; j < open.size(); ++j) {
        open[j] = j;
    }
    for (int raise = 0; raise <= most_raises && !open.empty(); ++raise) {
        const PrecisionScope scope(comparison_digits(key, raise) + 40);
        const Case subject = build_case(key, raise);
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
Counterexample shrink(const Claim& claim, CaseKey key, Observation failure, const std::atomic<bool>& stop) {
    int trials = 0;
    for (bool moved = true; moved && !stop;) {
        moved = false;
        for (const Configuration& candidate : simpler(key.configuration)) {
            if (++trials > most_shrink_trials || stop) {
                break;
            }
            CaseKey simpler_key = key;
            simpler_key.configuration = candidate;
            const CaseRecord record = run_case(simpler_key, {claim});
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

Verdict verdict_of(const ClaimResult& result) {
    if (result.refuted > 0) {
        return Verdict::refuted;
    }
    return result.inconclusive == 0 && result.passed > 0 ? Verdict::verified : Verdict::inconclusive;
}

}  // namespace

std::string to_string(Verdict verdict) {
    return verdict == Verdict::verified ? "verified" : verdict == Verdict::refuted ? "refuted" : "inconclusive";
}

TrialResult run_trial(const TrialOptions& options, const std::atomic<bool>& stop,
                      const std::function<void(long, long)>& progress) {
    const auto start = std::chrono::steady_clock::now();
    const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
    std::vector<CaseKey> keys;
    for (const Configuration& configuration : options.fixed) {
        keys.push_back({configuration, options.exact_seed ? options.seed : split_seed(options.seed, keys.size()), options.digits});
    }
    for (long number = 0; number < options.random; ++number) {
        keys.push_back({generate(options.seed, static_cast<std::uint64_t>(number)).value(), split_seed(options.seed, keys.size()), options.digits});
    }
    std::vector<CaseRecord> records(keys.size());
    std::atomic<bool> out_of_time{false};
    std::atomic<long> done{0};
    const auto planned = static_cast<long>(keys.size());
    tbb::task_arena arena(options.jobs > 0 ? options.jobs : tbb::task_arena::automatic);
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, keys.size(), [&](std::size_t number) {
            if (options.seconds > 0 && elapsed() > options.seconds) {
                out_of_time = true;
            }
            if (stop || out_of_time) {
                return;
            }
            records[number] = run_case(keys[number], options.claims);
            progress(++done, planned);
        });
    });

    TrialResult result;
    result.cases_planned = planned;
    result.out_of_time = out_of_time;
    for (std::size_t number = 0; number < keys.size(); ++number) {
        const CaseRecord& record = records[number];
        if (!record.finished) {
            continue;
        }
        ++result.cases;
        ++(record.solver.certified ? result.solver.certified : result.solver.not_certified);
        result.solver.starts_total += record.solver.starts;
        result.solver.starts_largest = std::max(result.solver.starts_largest, record.solver.starts);
        result.solver.local_minima_met += record.solver.local_minima;
    }
    std::vector<std::optional<std::size_t>> first_failure(options.claims.size());
    for (std::size_t j = 0; j < options.claims.size(); ++j) {
        ClaimResult claim_result;
        claim_result.claim = options.claims[j];
        for (std::size_t number = 0; number < keys.size(); ++number) {
            if (!records[number].finished) {
                continue;
            }
            const Observation& observation = records[number].observations[j];
            // The simplest configuration that fails is the best place to start shrinking from.
            if (observation.outcome == Outcome::refuted &&
                (!first_failure[j] || keys[number].configuration < keys[*first_failure[j]].configuration)) {
                first_failure[j] = number;
            }
            add(claim_result, observation, keys[number]);
        }
        claim_result.verdict = verdict_of(claim_result);
        result.claims.push_back(std::move(claim_result));
    }
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, result.claims.size(), [&](std::size_t j) {
            if (first_failure[j]) {
                const CaseKey& key = keys[*first_failure[j]];
                ClaimResult& claim_result = result.claims[j];
                claim_result.counterexample = shrink(claim_result.claim, key, records[*first_failure[j]].observations[j], stop);
                CaseKey shrunk = key;
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
