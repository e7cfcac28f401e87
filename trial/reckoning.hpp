// Reckoning: what several runs come to together, each case counted once.
#pragma once

#include <optional>
#include <vector>

#include "trial/ledger.hpp"
#include "trial/paper.hpp"
#include "trial/result.hpp"

namespace ncverify::trial {

/// Lays the cases of runs out in one order. Cases are the same where instance, own seed, digits, method and
/// version are, and a case that a run tried twice is two; each has a *place*: kept ones come first, then
/// given ones, then random ones, as in a run. What one run did not try, another may have; where two runs of
/// one version disagree about a case, the graver mark stands.
class Reckoning {
  public:
    /// Both must outlive it.
    Reckoning(const Paper& paper, const std::vector<Ledger>& ledgers);

    /// Fills in the cases finished and planned, and what the solver did for them.
    void count_cases(TrialResult& result) const;
    /// Random cases that were asked for.
    long asked() const;

    /// Adds to a claim's counts, its distribution but for the hardest cases, and the hits of its demands.
    /// A search that met nothing is left out where a run that tried its start as well began elsewhere, closer
    /// to a failure, or failed in a case: so a longer run replaces the shorter one from the same seed.
    void count_claim(ClaimResult& result) const;

    /// In these of the ledgers, by number: the first place at which the claim has this mark.
    std::optional<long> first(const std::string& claim, Mark::Kind kind,
                              const std::vector<std::size_t>& ledgers) const;

    /// A failed case that counterexamples are shrunk from.
    struct Failure {
        Instance instance;
        long place = 0;
    };
    /// In these of the ledgers: the simplest case in which the claim failed, none where none did.
    std::optional<Failure> simplest_failure(const std::string& claim,
                                            const std::vector<std::size_t>& ledgers) const;
    bool simpler(const Failure& one, const Failure& other) const;

  private:
    struct Stream {  // random cases of one seed
        long begin = 0, length = 0, asked = 0;
    };
    struct Layout {                                // of one ledger
        std::vector<long> listed;                  // the places of kept and given cases
        std::vector<std::pair<long, long>> found;  // the same with their numbers, in the order of places
        const Stream* stream = nullptr;
    };

    void lay_out_listed();
    void lay_out_random();
    long place(std::size_t ledger, long number) const;
    std::optional<long> number(std::size_t ledger, long place) const;
    template <typename Value, typename Column>
    RunLengths<Value> joined(Column column) const;
    template <typename Value, typename Column>
    RunLengths<Value> joined_random(Column column) const;
    RunLengths<Mark> marks(const std::string& claim) const;
    void count_walks(ClaimResult& result) const;
    void count_coverage(ClaimResult& result) const;

    const Paper& paper_;
    const std::vector<Ledger>& ledgers_;
    std::vector<Layout> layouts_;
    std::vector<Stream> streams_;
    long listed_ = 0;
};

}  // namespace ncverify::trial
