// What became of the theorems and worlds that are wrong on purpose, and of the claims' power to see them.
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

    std::vector<std::string> untested = {};  ///< claims that no world refutes, or that compare less than is
                                             ///< on record: "thm1.b: no longer compares 'h_# . h_#'"

    long wrong() const { return total - equivalent; }
    bool as_should_be() const { return survivors.empty() && wrongly_refuted.empty() && untested.empty(); }
};

MutantTally mutant_tally(const trial::MutationResult& result);

/// As `run.mutants` of report.json has it.
Json to_json(const MutantTally& tally);

}  // namespace ncverify::reports
