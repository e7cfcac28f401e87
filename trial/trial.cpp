#include "trial/trial.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>

#include "problem/cancellation.hpp"
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
          plan_(blank_ledger(paper, options)),
          fixed_(plan_.listed()),
          walked_(options.claims.size()),
          notable_(options.claims.size()),
          arena_(options.jobs > 0 ? options.jobs : tbb::task_arena::automatic) {
        result_.cases_planned = fixed_ + options.random;
        result_.ledgers = {plan_};
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

    void try_cases() { run_cases(0, result_.cases_planned); }  // those asked for

    // More random cases, twice as many each time, until every demand is met or missed: for the open claims
    // alone.
    void settle_coverage() {
        const long most = fixed_ + most_extensions * options_.random;
        while (options_.until_covered && !halted() && result_.cases_planned < most &&
               coverage_undecided(result_)) {
            const long planned = result_.cases_planned;
            std::vector<bool> open;
            for (const ClaimResult& claim : result_.claims) {
                open.push_back(open_to_more_cases(claim));
            }
            {
                const std::lock_guard lock(mutex_);
                result_.cases_planned = std::min(most, fixed_ + 2 * (planned - fixed_));
            }
            run_cases(planned, result_.cases_planned, open);
        }
    }

    // Searches for counterexamples, decides the verdicts, and shrinks what failed.
    TrialResult conclude() {
        const ProgressWatcher* watcher = progress_watcher();
        std::atomic<std::size_t> concluded = 0;
        arena_.execute([&] {
            tbb::parallel_for(std::size_t{0}, result_.claims.size(), [&](std::size_t j) {
                const CancelWith cancel(cancelled_by_);
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
        tell();
        close_ledger(result_, notable_);
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
        tell();
        close_ledger(result, notable);
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

    // @param tried  which claims are put to them, one for each; empty: all
    void run_cases(long begin, long end, const std::vector<bool>& tried = {}) {
        for (; begin < end && !halted(); begin += block_size) {
            const auto size = static_cast<std::size_t>(std::min(block_size, end - begin));
            {
                const std::lock_guard lock(mutex_);
                block_ = {begin, std::vector<CaseKey>(size), std::vector<CaseRecord>(size), 0};
            }
            arena_.execute([&] {
                tbb::parallel_for(std::size_t{0}, size, [&](std::size_t number) {
                    const CancelWith cancel(cancelled_by_);
                    if (!halted()) {
                        CaseKey key = case_of(paper_, plan_, begin + static_cast<long>(number));
                        CaseRecord record = run_case(paper_, key, options_.claims, tried);
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
            tell();
            block_ = {};
        }
    }

    // Adds the cases of the block in hand that are finished, in their order.
    void add_block(TrialResult& result, std::vector<Notable>& notable) const {
        for (std::size_t i = 0; i < block_.keys.size(); ++i) {
            const long number = block_.begin + static_cast<long>(i);
            if (block_.records[i].finished) {
                add(paper_, result, notable, block_.records[i], block_.keys[i], number, number >= fixed_);
            }
            if (!result.ledgers.empty()) {
                enter(result.ledgers.front(), block_.records[i], block_.keys[i]);
            }
        }
        if (!may_be_kept(result.ledgers)) {
            result.ledgers.clear();
        }
    }

    void close_ledger(TrialResult& result, const std::vector<Notable>& notable) const {
        for (Ledger& ledger : result.ledgers) {
            close(ledger, result.cases_planned);
            for (std::size_t j = 0; j < notable.size(); ++j) {
                ledger.claims[j].failed = notable[j].failed ? notable[j].failed->number : std::nullopt;
            }
        }
    }

    // Tells the witness what it has not been told yet: cases of the block in hand, and where searches went.
    void tell() {
        if (!options_.witness) {
            return;
        }
        for (; block_.told < block_.keys.size(); ++block_.told) {
            const std::vector<Observation>& seen = block_.records[block_.told].observations;
            for (std::size_t j = 0; j < seen.size(); ++j) {
                if (seen[j].outcome == Outcome::untried) {
                    continue;
                }
                options_.witness({options_.claims[j], block_.keys[block_.told], seen[j],
                                  block_.begin + static_cast<long>(block_.told)});
            }
        }
        for (std::size_t j = 0; j < walked_.size(); ++j) {
            for (const Climber& step : walked_[j]) {
                options_.witness({options_.claims[j], step.key, step.observation, std::nullopt});
            }
            walked_[j].clear();
        }
    }

    void search(std::size_t j) {
        ClaimResult& claim = result_.claims[j];
        if (!notable_[j].closest || notable_[j].failed || claim.claim.existence ||
            options_.search_steps == 0) {
            return;
        }
        const Climber start = *notable_[j].closest;
        Walk* walk = nullptr;
        if (!result_.ledgers.empty()) {
            const std::lock_guard lock(mutex_);
            walk = &result_.ledgers.front().claims[j].walk.emplace();
            walk->start = start.number.value();
        }
        // What it refutes, and where the walk ends, is judged again by the run's own method.
        const auto note = [&](const CaseKey& key, const Observation& observation) {
            const std::lock_guard lock(mutex_);
            ++claim.searched;
            add(paper_, claim, observation, key);
            notable_[j].see(paper_.instances, key, observation, std::nullopt);
            if (walk != nullptr) {
                walk->marks.append(mark_of(observation));
            }
            if (options_.witness) {
                walked_[j].push_back({key, observation});
            }
        };
        climb(
            paper_, start, options_.search_steps, [&] { return halted(); },
            [&](const CaseKey& key) {
                Observation observation = step_of_search(paper_, claim.claim, key);
                note(key, observation);
                return observation;
            });
        const CaseKey end = notable_[j].closest->key;
        if (!notable_[j].closest->number && !paper_.quick_method.empty() &&
            end.method != paper_.quick_method && !notable_[j].failed && !halted()) {
            note(end, run_case(paper_, end, {claim.claim}).observations[0]);
        }
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
    const std::atomic<bool>* cancelled_by_ = cancellation_flag();  // of the thread that asked for the trial
    const std::function<void(long, long)>& progress_;
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    const Ledger plan_;  // before the first case
    const long fixed_;   // cases before the random ones
    struct Block {
        long begin = 0;
        std::vector<CaseKey> keys;
        std::vector<CaseRecord> records;
        std::size_t told = 0;  // of them, to the witness
    };
    std::mutex mutex_;  // guards the four below against `so_far`; cases and shrinking run outside
    std::vector<std::vector<Climber>> walked_;  // where searches went, not yet told; kept for a witness only
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
