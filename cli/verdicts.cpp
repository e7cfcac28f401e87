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
    switch (standing(report)) {
        case reports::Standing::as_expected:
            return status_ok;
        case reports::Standing::undecided:
            return status_undecided;
        default:
            return status_differs;
    }
}

}  // namespace ncverify::cli
