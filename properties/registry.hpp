// The registry: every claim, in the paper's order.
#pragma once

#include <string>
#include <vector>

#include "properties/claim.hpp"

namespace ncverify::properties {

/// All claims in the order of the paper; misreadings last.
const std::vector<Claim>& registry();

/// Whether a pattern ("thm1.*", "thm1.b") matches an identifier.
bool matches(const std::string& pattern, const std::string& id);

/// Claims whose identifier matches one of the comma-separated patterns ("thm1.*,cor4.threshold"); empty means
/// all. Throws InputError for a pattern that matches nothing.
std::vector<Claim> select_claims(const std::string& patterns);

/// "claim", "misreading", "extension"; "sampled", ..; "passed", ..: the words of report.json.
std::string to_string(Kind kind);
std::string to_string(Evidence evidence);

}  // namespace ncverify::properties
