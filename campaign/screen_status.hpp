// Status of a screen's campaign: how far it is, for whoever looks on, as status.hpp has that of certified
// cases.
#pragma once

#include <string>

#include "campaign/screen_run.hpp"
#include "files/json.hpp"

namespace ncverify::campaign {

/// Everything but the session that is running: done and planned, suspects by claim and by reason, and where
/// some claim was refuted.
Json screen_status_json(const ScreenStore& store, const Shard& shard);

/// The document of `screen_status_json` in lines for people.
std::string screen_status_text(const Json& status);

}  // namespace ncverify::campaign
