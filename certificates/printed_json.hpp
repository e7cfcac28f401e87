// What a certificate proves, as JSON: shared by the answers of `solve` and `certify`.
#pragma once

#include "certificates/printed.hpp"
#include "files/json.hpp"

namespace ncverify::certificates {

/// Null where there are none, and for each decimal that is "".
Json to_json(const std::optional<PrintedGapTerms>& terms);
Json to_json(const std::optional<PrintedBounds>& bounds);

/// The document that `ncverify certify --format json` prints.
Json to_json(const Certification& result);

}  // namespace ncverify::certificates
