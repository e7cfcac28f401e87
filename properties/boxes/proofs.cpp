#include "properties/boxes/proofs.hpp"

#include "problem/errors.hpp"
#include "properties/registry.hpp"

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
    std::vector<bool> chosen(all.size(), patterns.empty());
    for (std::size_t begin = 0; !patterns.empty() && begin <= patterns.size();) {
        const std::size_t end = std::min(patterns.find(',', begin), patterns.size());
        const std::string pattern = patterns.substr(begin, end - begin);
        bool found = false;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (matches(pattern, all[i].claim)) {
                chosen[i] = found = true;
            }
        }
        if (!found) {
            throw InputError("'" + printable(pattern) + "' matches no claim with a proof over boxes",
                             "--claims", "identifiers that `ncverify prove` lists, such as cor2.*,eq6.sign");
        }
        begin = end + 1;
    }
    std::vector<BoxProof> proofs;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (chosen[i]) {
            proofs.push_back(prove(all[i], most_boxes));
        }
    }
    return proofs;
}

}  // namespace ncverify::properties
