// What report.json says of how closely a claim held, and where.
#pragma once

#include <nlohmann/json.hpp>

#include "trial/distribution.hpp"
#include "trial/paper.hpp"

namespace ncverify::reports {

/// {"digits":[[digits,cases],..],"slack_decades":[[decade,cases],..],"exact":n,"tight":n}
nlohmann::ordered_json distribution_json(const trial::Distribution& distribution);

/// [{"config":"--counts ..","error":"..","slack":"..","replay":".."}, ..], the hardest first.
nlohmann::ordered_json hardest_json(const trial::Paper& paper, const std::string& claim,
                                    const trial::Distribution& distribution);

}  // namespace ncverify::reports
