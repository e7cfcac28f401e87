// The claims, one function per section of the paper.
#pragma once

#include <vector>

#include "properties/claim.hpp"

namespace ncverify::properties {

std::vector<Claim> theorem1_claims();
std::vector<Claim> proposition1_claims();
std::vector<Claim> corollary_claims();
std::vector<Claim> misreading_claims();

}  // namespace ncverify::properties
