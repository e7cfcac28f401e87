// What became of the theorems that are wrong on purpose.
#pragma once

#include <string>
#include <vector>

#include "files/json.hpp"
#include "trial/mutation.hpp"

namespace ncverify::reports {

struct MutantTally {
    long total = 0;
    long killed = 0;                           ///< wrong, and refuted by some claim
    long equivalent = 0;                       ///< the theorem itself, written otherwise
    std::vector<std::string> survivors;        ///< wrong, and refuted by none
    std::vector<std::string> wrongly_refuted;  ///< equivalent, and refuted all the same

    long wrong() const { return total - equivalent; }
    bool as_should_be() const { return survivors.empty() && wrongly_refuted.empty(); }
};

MutantTally mutant_tally(const trial::MutationResult& result);

/// As `run.mutants` of report.json has it.
Json to_json(const MutantTally& tally);

}  // namespace ncverify::reports
