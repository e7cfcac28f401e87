// The claims, one function per section of the paper.
#pragma once

#include <vector>

#include "properties/case.hpp"
#include "properties/input_classes.hpp"

namespace ncverify::properties {

std::vector<Claim> theorem1_claims();
Claim margin_sign_claim();       ///< of (6), listed with Theorem 1
Claim theorem1_samples_claim();  ///< Theorem 1 (a)
std::vector<Claim> text4_claims();
std::vector<Claim> corollary1_claims();
std::vector<Claim> proposition1_claims();
std::vector<Claim> text41_claims();
std::vector<Claim> corollary2_claims();
std::vector<Claim> feature_monotone_claims();
std::vector<Claim> corollary3_claims();
std::vector<Claim> corollary4_claims();
std::vector<Claim> proof_step_1_claims();
std::vector<Claim> proof_step_2_3_claims();
std::vector<Claim> proof_step_4_claims();
std::vector<Claim> critical_point_claims();       ///< of Steps 3 and 4 and of Section 7.1, at critical points
std::vector<Claim> remark_claims();               ///< of Section 7.1, at every global minimiser
std::vector<Claim> minimiser_condition_claims();  ///< the last of `remark_claims`: (44)-(50)
std::vector<Claim> metric_claims();
std::vector<Claim> beyond_claims();
std::vector<Claim> beyond_certificate_claims();  ///< what the checker derives from a gap or a box
std::vector<Claim> beyond_limit_claims();
std::vector<Claim> beyond_landscape_claims();
std::vector<Claim> landscape_claims();
std::vector<Claim> bottleneck_claims();  ///< fewer coordinates than classes
std::vector<Claim> subset_claims();      ///< these for vanishing decays
std::vector<Claim> weights_claims();     ///< with class weights
Claim weighted_identity_claim();         ///< one of these, beside its unweighted twin
std::vector<Claim> misreading_claims();
std::vector<Claim> corollary_misreadings();
std::vector<Claim> weights_misreadings();

}  // namespace ncverify::properties
