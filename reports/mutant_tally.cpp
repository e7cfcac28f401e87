#include "reports/mutant_tally.hpp"

#include <nlohmann/json.hpp>

namespace ncverify::reports {

MutantTally mutant_tally(const trial::MutationResult& result) {
    MutantTally tally;
    tally.total = static_cast<long>(result.mutants.size());
    for (const trial::MutantResult& each : result.mutants) {
        if (!each.mutant.equivalent.empty()) {
            ++tally.equivalent;
            if (each.killed()) {
                tally.wrongly_refuted.push_back(each.mutant.name);
            }
        } else if (each.killed()) {
            ++tally.killed;
        } else {
            tally.survivors.push_back(each.mutant.name);
        }
    }
    for (const trial::ClaimPower& power : result.claims) {
        const std::string fault = trial::fault_of(power);
        if (!fault.empty()) {
            tally.untested.push_back(power.claim + ": " + fault);
        }
    }
    return tally;
}

nlohmann::ordered_json to_json(const MutantTally& tally) {
    return {{"total", tally.total},
            {"killed", tally.killed},
            {"survived", tally.survivors.size()},
            {"equivalent", tally.equivalent},
            {"survivors", tally.survivors},
            {"wrongly_refuted", tally.wrongly_refuted},
            {"untested", tally.untested}};
}

}  // namespace ncverify::reports
