// What a gap proves, as JSON and as lines of a table: shared by `solve` and `certify`.
#pragma once

#include <string>

#include "certificates/check.hpp"
#include "files/json.hpp"

namespace ncverify::cli {

/// The certificate's gap in five parts, each a decimal string rounded up: {"logits", "classifier",
/// "orthogonality", "within_class", "collapsed", "sum"}. Null where the point or the slopes are infeasible.
Json gap_terms_json(const certificates::Certificate& certificate, const certificates::Bounds& bounds);

/// What the gap implies for every point whose loss is at most the upper bound: decimal strings rounded
/// outwards, null where nothing is implied. `summary` leaves the lists of one entry a class out.
Json implied_json(const certificates::Certificate& certificate, const certificates::Bounds& bounds,
                  bool summary);

/// {"minimiser_radius": decimal string, rounded up, or null, "minimiser_reason": null or why not}.
void add_minimiser_radius(Json& json, const certificates::Certificate& certificate);

/// The lines of a table for what the functions above put into `json` under "gap_terms", "implied" and
/// "minimiser_radius"; nothing for what is null or missing.
std::string implied_lines(const Json& json);

}  // namespace ncverify::cli
