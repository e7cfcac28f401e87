// The paper's claims on trial, at one configuration.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "ncverify/configuration.hpp"
#include "ncverify/input_error.hpp"
#include "ncverify/solution.hpp"
#include "ncverify/verdict.hpp"

namespace ncverify::api {

struct VerifyOptions {
    long digits = 50;  ///< significant decimal digits, 1..100000
    std::uint64_t seed = 1;
    std::string claims = {};  ///< "thm1.*,cor4.threshold"; "": all
    SearchMethod search = SearchMethod::descent;
    int jobs = 0;  ///< threads, at most 4096; 0: all cores
};

/// What became of one claim.
struct ClaimVerdict {
    std::string id, source, statement;  ///< "thm1.b", "Theorem 1 (8)", TeX
    Kind kind = Kind::claim;            ///< misreadings are known to be false
    Verdict verdict = Verdict::inconclusive;
    Evidence evidence = Evidence::sampled;  ///< what stands behind the verdict
    std::string message;                    ///< what failed or could not be decided, or ""
    std::string replay;                     ///< `ncverify verify --replay` runs this case again
    /// Of a refutation: what was compared, decimals by name.
    std::vector<std::pair<std::string, std::string>> values;
    std::string json;  ///< all that is known of it, as an entry of report.json's "claims"
};

/// Tries the claims at this configuration: solves it, certifies the minimum, compares. The paper's order.
/// Throws InputError for a configuration or options out of range, and where the work would not fit in memory.
std::vector<ClaimVerdict> verify(const Configuration& configuration, const VerifyOptions& options = {});

/// The verdicts as a JSON array, an entry as report.json has it under "claims".
std::string to_json(const std::vector<ClaimVerdict>& verdicts);

}  // namespace ncverify::api
