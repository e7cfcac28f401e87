// The registry: every claim, in the paper's order.
#pragma once

#include <string>
#include <vector>

#include "properties/engine.hpp"

namespace ncverify::properties {

/// All claims in the order of the paper; misreadings last. What each rests on is filled in
/// (dependencies.hpp).
const std::vector<Claim>& registry();

/// Claims whose identifier matches one of the comma-separated patterns ("thm1.*,cor4.threshold"); empty means
/// all. Throws InputError for a pattern that matches nothing.
std::vector<Claim> select_claims(const std::string& patterns);

}  // namespace ncverify::properties
