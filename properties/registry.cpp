#include "properties/registry.hpp"

#include "problem/errors.hpp"
#include "properties/claims/sections.hpp"

namespace ncverify::properties {

bool matches(const std::string& pattern, const std::string& id) {
    const auto star = pattern.find('*');
    return star == std::string::npos ? pattern == id : id.compare(0, star, pattern, 0, star) == 0;
}

const std::vector<Claim>& registry() {
    static const std::vector<Claim> all = [] {
        std::vector<Claim> claims;
        for (auto section : {theorem1_claims,         text4_claims,          corollary1_claims,
                             proposition1_claims,     text41_claims,         corollary2_claims,
                             feature_monotone_claims, corollary3_claims,     corollary4_claims,
                             proof_step_1_claims,     proof_step_2_3_claims, proof_step_4_claims,
                             critical_point_claims,   remark_claims,         metric_claims,
                             beyond_claims,           beyond_limit_claims,   beyond_landscape_claims,
                             misreading_claims,       corollary_misreadings}) {
            for (Claim& claim : section()) {
                claims.push_back(std::move(claim));
            }
        }
        return claims;
    }();
    return all;
}

std::vector<Claim> select_claims(const std::string& patterns) {
    if (patterns.empty()) {
        return registry();
    }
    std::vector<bool> chosen(registry().size(), false);
    for (std::size_t begin = 0; begin <= patterns.size();) {
        const std::size_t end = std::min(patterns.find(',', begin), patterns.size());
        const std::string pattern = patterns.substr(begin, end - begin);
        bool found = false;
        for (std::size_t j = 0; j < registry().size(); ++j) {
            if (matches(pattern, registry()[j].id)) {
                chosen[j] = found = true;
            }
        }
        if (!found) {
            throw InputError("'" + printable(pattern) + "' matches no claim", "--claims",
                             "identifiers that `ncverify claims` lists, such as thm1.*,cor4.threshold");
        }
        begin = end + 1;
    }
    std::vector<Claim> selection;
    for (std::size_t j = 0; j < chosen.size(); ++j) {
        if (chosen[j]) {
            selection.push_back(registry()[j]);
        }
    }
    return selection;
}

std::string to_string(Kind kind) {
    return kind == Kind::claim ? "claim" : kind == Kind::misreading ? "misreading" : "extension";
}

std::string to_string(Evidence evidence) {
    switch (evidence) {
        case Evidence::sampled:
            return "sampled";
        case Evidence::enclosed:
            return "enclosed";
        case Evidence::certified:
            return "certified";
        default:
            return "proved";
    }
}

}  // namespace ncverify::properties
