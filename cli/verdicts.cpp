#include "cli/verdicts.hpp"

#include <algorithm>

#include "cli/options.hpp"

namespace ncverify::cli {

std::vector<trial::BoxProof> box_proofs(const trial::Paper& paper, const std::vector<trial::Claim>& claims) {
    std::vector<trial::BoxProof> proofs = paper.box_proofs("", paper.default_most_boxes);
    std::erase_if(proofs, [&](const trial::BoxProof& proof) {
        return std::none_of(claims.begin(), claims.end(),
                            [&](const trial::Claim& claim) { return claim.id == proof.claim; });
    });
    return proofs;
}

int verdict_status(const reports::Report& report) {
    if (reports::mutants_differ(report)) {
        return status_differs;
    }
    const auto different = reports::differences(report);
    const bool undecided_only =
        std::all_of(different.begin(), different.end(), [](const reports::Difference& difference) {
            return difference.found == trial::Verdict::inconclusive;
        });
    return different.empty() ? status_ok : undecided_only ? status_undecided : status_differs;
}

}  // namespace ncverify::cli
