// Report: a finished trial as data, and the JSON that other programs read.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "reports/expected.hpp"
#include "reports/mutant_tally.hpp"
#include "trial/paper.hpp"
#include "trial/result.hpp"

namespace ncverify::reports {

/// The settings that a trial ran with. The number of threads is not among them: no result depends on it.
struct RunInfo {
    std::string version = NCVERIFY_VERSION;
    std::uint64_t seed = 1;
    long digits = 50;
    std::string search;                       ///< the method behind evidence that rests on minimisers
    std::vector<trial::Instance> fixed;       ///< tried first
    long random = 0;                          ///< random instances tried after them
    std::vector<std::uint64_t> merged_seeds;  ///< of the runs that were merged into this; empty: a single run
};

/// Everything that the writers know. Whether the run was interrupted or out of time is in `trial`.
struct Report {
    const ncverify::trial::Paper* paper = nullptr;  ///< what was on trial; never null
    RunInfo run;
    ncverify::trial::TrialResult trial;
    std::optional<ExpectedVerdicts> expected;   ///< none: verdicts are compared with nothing
    std::optional<MutantTally> mutants;         ///< none: no wrong theorems were tried
    nlohmann::ordered_json pictures = nullptr;  ///< numbers for figures (pictures.hpp); null: none were drawn
    nlohmann::ordered_json screens = nlohmann::ordered_json::array();  ///< summaries of screens (screens.hpp)
    nlohmann::ordered_json trainings =
        nlohmann::ordered_json::array();  ///< of trained networks, trainings.hpp
};

/// Reports of this paper do not name it, as they did not before there could be others.
inline constexpr const char* unnamed_paper = "dang-2024";

/// report.json (report.schema.json describes it). All that depends on the clock stands under "timing".
nlohmann::ordered_json to_json(const Report& report);

/// Whether random instances were tried, so that verdicts are about the claims' whole domain.
bool whole_domain(const Report& report);

/// A claim's difference from the expected verdict, and all of them; none where nothing was expected.
std::optional<Difference> difference(const Report& report, const trial::ClaimResult& result);
std::vector<Difference> differences(const Report& report);

/// How a report stands against all that was expected of it, the gravest that is true.
enum class Standing {
    as_expected,
    undecided,  ///< claims are merely undecided: more digits, cases or time may tell
    differs  ///< a verdict is another, a refutation is contradicted by a proof, wrong theorems went unnoticed
};
Standing standing(const Report& report);

/// Whether a claim is undecided for want of cases alone: it passed in all that it applied to.
bool passed_in_too_few_cases(const ncverify::trial::ClaimResult& result);

/// Whether a wrong theorem went unnoticed, or one that says the same was refuted.
bool mutants_differ(const Report& report);

/// How many statements came out how; on single configurations those that no case applied to are apart.
/// Misreadings are controls and are counted apart.
struct Tally {
    long statements = 0, hold = 0, refuted = 0, undecided = 0, not_applicable = 0;
    long misreadings = 0, misreadings_refuted = 0, misreadings_undecided = 0;
    long differences = 0;
};
Tally tally(const Report& report);

/// The verdict in words: "58 of 60 statements hold in every case tried; 2 are refuted. All 12 misreadings are
/// refuted, as they must be."
std::string summary(const Report& report);

}  // namespace ncverify::reports
