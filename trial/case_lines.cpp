#include "trial/case_lines.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "files/json.hpp"
#include "trial/error_text.hpp"

namespace ncverify::trial {

std::string case_line(const Paper& paper, const Sighting& sighting) {
    const Observation& seen = sighting.observation;
    const bool passed = seen.outcome == Outcome::passed, applied = seen.outcome != Outcome::not_applicable;
    Json values = Json::object();
    for (const auto& [name, value] : seen.values) {
        values[name] = value;
    }
    const Json line = {{"claim", sighting.claim.id},
                       {"case", sighting.number ? Json(*sighting.number) : Json(nullptr)},
                       {"outcome", to_string(seen.outcome)},
                       {"error", passed ? Json(error_text(seen.error_log10)) : Json(nullptr)},
                       {"slack", seen.slack ? Json(fmt::format("{:.3g}", *seen.slack)) : Json(nullptr)},
                       {"evidence", applied ? Json(to_string(seen.evidence)) : Json(nullptr)},
                       {"message", seen.message},
                       {"values", std::move(values)},
                       {"config", Json::parse(paper.instances.json(sighting.key.instance))},
                       {"digits", sighting.key.digits},
                       {"seed", sighting.key.seed},
                       {"replay", replay_token(paper, sighting.claim.id, sighting.key)}};
    return line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ncverify::trial
