#include "trial/trial.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>

#include "problem/progress.hpp"
#include "trial/account.hpp"
#include "trial/case_run.hpp"
#include "trial/climb.hpp"

namespace ncverify::trial {

namespace {

constexpr double shrink_grace = 1.1;  // of the time limit, for shrinking alone
constexpr long block_size = 1024;     // cases in memory at a time
constexpr long most_extensions = 32;  // of the random cases asked for, to settle the coverage

// One trial, told in three steps. Cases run in parallel and are added up in their order, so that nothing
// depends on the number of threads; search and shrinking are each claim's own walk.
class TrialRun {
  public:
    TrialRun(const Paper& paper, const TrialOptions& options, const std::atomic<bool>& stop,
             const std::function<void(long, long)>& progress)
        : paper_(paper),
          options_(options),
          stop_(stop),
          progress_(progress),
          kept_(static_cast<long>(options.examples.size())),
          fixed_(kept_ + static_cast<long>(options.fixed.size())),
          notable_(options.claims.size()),
          arena_(options.jobs > 0 ? options.jobs : tbb::task_arena::automatic) {
        result_.cases_planned = fixed_ + options.random;
        for (const Claim& claim : options.claims) {
            ClaimResult& added = result_.claims.emplace_back();
            added.claim = claim;
            if (options.random > 0 && !claim.existence) {  // one witness decides
                for (const Demand& demand : claim.demands.empty() ? paper.demands : claim.demands) {
                    added.coverage.push_back({.demand = demand});
                }
            }
        }
    }

    // The cases asked for: kept ones, given ones, random ones.
    void try_cases() { run_cases(0, result_.cases_planned); }

    // More random cases, twice as many each time, until every demand is met or missed.
    void settle_coverage() {
        const long most = fixed_ + most_extensions * options_.random;
        while (options_.until_covered && !halted() && result_.cases_planned < most &&
               coverage_undecided(result_)) {
            const long planned = result_.cases_planned;
            {
                const std::lock_guard lock(mutex_);
                result_.cases_planned = std::min(most, fixed_ + 2 * (planned - fixed_));
            }
            run_cases(planned, result_.cases_planned);
        }
    }

    // Searches for counterexamples, decides the verdicts, and shrinks what failed.
    TrialResult conclude() {
        const ProgressWatcher* watcher = progress_watcher();
        std::atomic<std::size_t> concluded = 0;
        arena_.execute([&] {
            tbb::parallel_for(std::size_t{0}, result_.claims.size(), [&](std::size_t j) {
                if (watcher != nullptr) {
                    (*watcher)("claims concluded",
                               static_cast<double>(concluded++) / static_cast<double>(result_.claims.size()));
                }
                search(j);
                {
                    const std::lock_guard lock(mutex_);
                    decide(result_.claims[j]);
                }
                exhibit(j);
            });
        });
        const std::lock_guard lock(mutex_);
        result_.out_of_time = out_of_time_;
        result_.interrupted = stop_;
        result_.seconds = elapsed();
        return result_;
    }

    // What the finished cases amount to, as they are; from any thread.
    TrialResult so_far() {
        const std::lock_guard lock(mutex_);
        TrialResult result = result_;
        std::vector<Notable> notable = notable_;
        add_block(result, notable);
        for (std::size_t j = 0; j < result.claims.size(); ++j) {
            decide(result.claims[j]);
            if (!result.claims[j].counterexample && exhibits(result.claims[j], notable[j])) {
                show(result.claims[j], notable[j].failed->key, as_it_is(*notable[j].failed));
            }
        }
        result.seconds = elapsed();
        return result;
    }

  private:
    double elapsed() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

    bool halted() {
        if (options_.seconds > 0 && elapsed() > options_.seconds) {
            out_of_time_ = true;
        }
        return stop_ || out_of_time_;
    }

    // Out of time, counterexamples still get a while to become readable.
    bool too_late() const {
        return stop_ || (options_.seconds > 0 && elapsed() > shrink_grace * options_.seconds);
    }

    CaseKey key_of(long number) const {
        CaseKey key{
            .instance = {}, .seed = options_.seed, .digits = options_.digits, .method = options_.method};
        if (number < kept_) {
            const CaseKey& example = options_.examples[static_cast<std::size_t>(number)];
            key.instance = example.instance;
            key.seed = example.seed;
            return key;
        }
        if (!options_.exact_seed) {
            key.seed = split_seed(options_.seed, static_cast<std::uint64_t>(number - kept_));
        }
        key.instance = number < fixed_ ? options_.fixed[static_cast<std::size_t>(number - kept_)]
                                       : paper_.instances.generate(
                                             options_.seed, static_cast<std::uint64_t>(number - fixed_));
        return key;
    }

    void run_cases(long begin, long end) {
        for (; begin < end && !halted(); begin += block_size) {
            const auto size = static_cast<std::size_t>(std::min(block_size, end - begin));
            {
                const std::lock_guard lock(mutex_);
                block_ = {begin, std::vector<CaseKey>(size), std::vector<CaseRecord>(size)};
            }
            arena_.execute([&] {
                tbb::parallel_for(std::size_t{0}, size, [&](std::size_t number) {
                    if (!halted()) {
                        CaseKey key = key_of(begin + static_cast<long>(number));
                        CaseRecord record = run_case(paper_, key, options_.claims);
                        {
                            const std::lock_guard lock(mutex_);
                            block_.keys[number] = std::move(key);
                            block_.records[number] = std::move(record);
                        }
                        progress_(++done_, result_.cases_planned);
                    }
                });
            });
            const std::lock_guard lock(mutex_);
            add_block(result_, notable_);
            block_ = {};
        }
    }

    // Adds the cases of the block in hand that are finished, in their order.
    void add_block(TrialResult& result, std::vector<Notable>& notable) const {
        for (std::size_t number = 0; number < block_.keys.size(); ++number) {
            if (block_.records[number].finished) {
                add(paper_, result, notable, block_.records[number], block_.keys[number],
                    block_.begin + static_cast<long>(number) >= fixed_);
            }
        }
    }

    void search(std::size_t j) {
        ClaimResult& claim = result_.claims[j];
        if (!notable_[j].closest || notable_[j].failed || claim.claim.existence) {
            return;
        }
        const Climber start = *notable_[j].closest;
        climb(
            paper_, start, options_.search_steps, [&] { return halted(); },
            [&](const CaseKey& key) {
                Observation observation = run_case(paper_, key, {claim.claim}).observations[0];
                const std::lock_guard lock(mutex_);
                ++claim.searched;
                add(paper_, claim, observation, key);
                notable_[j].see(paper_.instances, key, observation);
                return observation;
            });
    }

    void decide(ClaimResult& claim) const {
        claim.verdict = verdict_of(claim, options_.until_covered);
        if (claim.verdict == Verdict::inconclusive && claim.message.empty()) {
            claim.message = coverage_message(claim);
        }
    }

    void exhibit(std::size_t j) {
        ClaimResult& claim = result_.claims[j];
        if (exhibits(claim, notable_[j])) {
            const Climber& failed = *notable_[j].failed;
            Counterexample shrunk =
                shrink(paper_, claim.claim, failed.key, failed.observation, [&] { return too_late(); });
            const std::lock_guard lock(mutex_);
            show(claim, failed.key, std::move(shrunk));
        }
    }

    static bool exhibits(const ClaimResult& claim, const Notable& notable) {
        return notable.failed && !claim.claim.existence;
    }

    static Counterexample as_it_is(const Climber& failed) {
        return {.instance = failed.key.instance,
                .message = failed.observation.message,
                .values = failed.observation.values};
    }

    void show(ClaimResult& claim, CaseKey key, Counterexample found) const {
        key.instance = found.instance;
        claim.counterexample = std::move(found);
        claim.replay = replay_token(paper_, claim.claim.id, key);
    }

    const Paper& paper_;
    const TrialOptions& options_;
    const std::atomic<bool>& stop_;
    const std::function<void(long, long)>& progress_;
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    const long kept_, fixed_;  // cases before the given ones, and before the random ones
    struct Block {
        long begin = 0;
        std::vector<CaseKey> keys;
        std::vector<CaseRecord> records;
    };
    std::mutex mutex_;  // guards the three below against `so_far`; cases and shrinking run outside
    TrialResult result_;
    std::vector<Notable> notable_;
    Block block_;  // the cases in hand
    std::atomic<bool> out_of_time_{false};
    std::atomic<long> done_{0};
    tbb::task_arena arena_;
};

}  // namespace

std::optional<Verdict> verdict_named(const std::string& word) {
    for (const Verdict verdict : {Verdict::verified, Verdict::refuted, Verdict::inconclusive}) {
        if (word == to_string(verdict)) {
            return verdict;
        }
    }
    return std::nullopt;
}

TrialResult run_trial(const Paper& paper, const TrialOptions& options, const std::atomic<bool>& stop,
                      const std::function<void(long, long)>& progress,
                      const std::function<void(std::function<TrialResult()>)>& watch) {
    TrialRun run(paper, options, stop, progress);
    if (watch) {
        watch([&run] { return run.so_far(); });
    }
    run.try_cases();
    run.settle_coverage();
    TrialResult result = run.conclude();
    if (watch) {
        watch([result] { return result; });
    }
    return result;
}

}  // namespace ncverify::trial
