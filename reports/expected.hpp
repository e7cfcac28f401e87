// The verdicts that a run is compared with.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "trial/result.hpp"

namespace ncverify::reports {

/// Verdicts by claim, as a run wrote them and a person read them, each with the evidence of the cases that a
/// run needs for it: {"thm1.b":{"verdict":"verified","evidence":"certified"},...}. A plain "verified" asks
/// for no evidence. What Coq and the box proofs add is left out: they need not be there.
struct ExpectedVerdicts {
    std::vector<std::pair<std::string, trial::Verdict>> verdicts;
    std::vector<std::pair<std::string, trial::Evidence>> evidence = {};

    /// The verdict expected of claim `id`; none where the file does not name it.
    std::optional<trial::Verdict> find(const std::string& id) const;
    /// The evidence expected of its cases; none where the file asks for none.
    std::optional<trial::Evidence> evidence_of(const std::string& id) const;
};

/// A claim that came out otherwise than expected. Without `expected` the claim is new: the file does not name
/// it.
struct Difference {
    std::string id;
    std::optional<trial::Verdict> expected;
    trial::Verdict found = trial::Verdict::inconclusive;
    /// Where the verdict is as expected: the evidence that its cases should have, and the weaker that they
    /// have.
    std::optional<std::pair<trial::Evidence, trial::Evidence>> weaker = {};
};

/// "expected verified, found refuted"; "expected certified cases, found sampled ones".
std::string to_string(const Difference& difference);

/// Parses such a file's text; throws InputError naming `where`.
ExpectedVerdicts parse_expected(const std::string& text, const std::string& where);
/// Reads such a file; throws InputError.
ExpectedVerdicts read_expected(const std::filesystem::path& path);
/// The text of the file that would expect exactly these results, in their order.
std::string expected_text(const std::vector<trial::ClaimResult>& results);
/// Writes that text to `path`; throws InputError.
void record_expected(const std::filesystem::path& path, const std::vector<trial::ClaimResult>& results);

/// Whether a claim came out otherwise than expected, or is not in `expected`. On single configurations
/// (`whole_domain` false) a claim may not apply, and one that is false somewhere may hold: there only a
/// refutation of what should hold, contradicted by a proof or not, and cases that stayed undecided, make a
/// difference. Over the whole domain
/// the cases' evidence must be at least the expected one: a check that no longer asks the solver is none.
std::optional<Difference> difference(const trial::ClaimResult& result, const ExpectedVerdicts& expected,
                                     bool whole_domain);

}  // namespace ncverify::reports
