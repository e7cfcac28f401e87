// Distribution: how closely a claim held, case by case, and which cases were the hardest.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "trial/case.hpp"
#include "trial/claim.hpp"
#include "trial/mark.hpp"

namespace ncverify::trial {

/// A case that passed, and how narrowly.
struct HardCase {
    CaseKey key;
    double error_log10 = -1e300;  ///< log10 of the proven bound on the relative deviation; -1e300: exact
    std::optional<double> slack;  ///< of inequalities
};

/// Of the cases that passed: how many held how closely.
struct Distribution {
    std::map<long, long> digits;    ///< digits agreed -> cases, where a comparison was not exact
    std::map<long, long> decades;   ///< of inequalities: floor(log10(slack)) -> cases, where it is positive
    long exact = 0;                 ///< cases with nothing but exact comparisons and no slack
    long tight = 0;                 ///< inequalities that held with equality
    std::vector<HardCase> hardest;  ///< least slack first, then largest error; at most `most_hard_cases`

    static constexpr std::size_t most_hard_cases = 3;

    /// Takes an observation that passed.
    void add(const CaseKey& key, const Observation& observation);
    /// The two halves of that: so many cases with one mark into the counts, and one case into `hardest`.
    void count(const Mark& mark, long cases);
    void see(const CaseKey& key, const Observation& observation);
    /// Takes a case into `hardest`, if it is one of them.
    void keep(const HardCase& hard);
};

}  // namespace ncverify::trial
