#include "properties/registry.hpp"

#include "properties/claims/sections.hpp"
#include "properties/dependencies.hpp"

namespace ncverify::properties {

const std::vector<Claim>& registry() {
    static const std::vector<Claim> all = [] {
        std::vector<Claim> claims;
        for (auto section : {theorem1_claims,
                             text4_claims,
                             corollary1_claims,
                             proposition1_claims,
                             text41_claims,
                             corollary2_claims,
                             feature_monotone_claims,
                             corollary3_claims,
                             corollary4_claims,
                             proof_step_1_claims,
                             proof_step_2_3_claims,
                             proof_step_4_claims,
                             critical_point_claims,
                             remark_claims,
                             minimiser_condition_claims,
                             metric_claims,
                             beyond_claims,
                             beyond_certificate_claims,
                             beyond_limit_claims,
                             beyond_landscape_claims,
                             landscape_claims,
                             bottleneck_claims,
                             subset_claims,
                             weights_claims,
                             misreading_claims,
                             corollary_misreadings,
                             weights_misreadings}) {
            for (Claim& claim : section()) {
                claim.rests_on = rests_on(claim.id);
                claims.push_back(std::move(claim));
            }
        }
        return claims;
    }();
    return all;
}

std::vector<Claim> select_claims(const std::string& patterns) {
    return trial::select_claims(registry(), patterns);
}

}  // namespace ncverify::properties
