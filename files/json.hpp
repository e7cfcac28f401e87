// JSON documents by a short name, for headers that only hand them on: nlohmann-json is left to the .cpp
// files.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace ncverify {

/// A document whose keys stay in the order that they were written in.
using Json = nlohmann::ordered_json;

}  // namespace ncverify
