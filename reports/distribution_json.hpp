// What report.json says of how closely a claim held, and where.
#pragma once

#include <nlohmann/json.hpp>

#include "properties/distribution.hpp"

namespace ncverify::reports {

/// {"digits":[[digits,cases],..],"slack_decades":[[decade,cases],..],"exact":n,"tight":n}
nlohmann::ordered_json distribution_json(const properties::Distribution& distribution);

/// [{"config":"--counts ..","error":"..","slack":"..","replay":".."}, ..], the hardest first.
nlohmann::ordered_json hardest_json(const std::string& claim, const properties::Distribution& distribution);

}  // namespace ncverify::reports
