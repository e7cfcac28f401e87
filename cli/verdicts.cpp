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
    int status = status_ok;
    for (const trial::ClaimResult& result : report.trial.claims) {
        if (const auto difference = reports::difference(report, result)) {
            // Refuted in a case and proved by Coq or over boxes: no more digits and no more time decide that.
            const bool undecided = difference->found == trial::Verdict::inconclusive && result.refuted == 0;
            if (!undecided) {
                return status_differs;
            }
            status = status_undecided;
        }
    }
    return status;
}

}  // namespace ncverify::cli
