#include "properties/boxes/proofs.hpp"

#include "problem/progress.hpp"
#include "trial/claim.hpp"

namespace ncverify::properties {

std::vector<BoxStatement> box_statements() {
    std::vector<BoxStatement> all;
    for (auto part : {monotonicity_statements, cosine_statements, direct_statements}) {
        for (BoxStatement& statement : part()) {
            all.push_back(std::move(statement));
        }
    }
    return all;
}

std::vector<BoxProof> box_proofs(const std::string& patterns, long most_boxes) {
    const std::vector<BoxStatement> all = box_statements();
    std::vector<std::string> ids;
    for (const BoxStatement& statement : all) {
        ids.push_back(statement.claim);
    }
    const std::vector<bool> chosen =
        trial::matching(patterns, ids, "claim with a proof over boxes",
                        "identifiers that `ncverify prove` lists, such as cor2.*,eq6.sign");
    std::vector<BoxProof> proofs;
    for (std::size_t i = 0; i < all.size(); ++i) {
        note_progress("proofs", static_cast<double>(i) / static_cast<double>(all.size()));
        if (chosen[i]) {
            proofs.push_back(prove(all[i], most_boxes));
        }
    }
    return proofs;
}

}  // namespace ncverify::properties
