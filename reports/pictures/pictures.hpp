// Pictures: the numbers behind the figures of the report page, solver and theorem side by side.
#pragma once

#include <cstdint>

#include "files/json.hpp"
#include "problem/configuration.hpp"

namespace ncverify::reports {

struct PictureOptions {
    Configuration configuration;  ///< whose minimiser is shown
    bool survey = true;           ///< also the figures that are about no one configuration
    std::uint64_t seed = 1;
    int jobs = 0;  ///< threads; 0: all cores. No number depends on it.
};

/// Most classes of a configuration whose K x K matrices are drawn.
inline constexpr long most_drawn_classes = 24;

/// {"matrices":{..},"norms":[..],"precision":{..}} and, with `survey`, "path", "phases", "landscape" and
/// "weights": report.schema.json says what is in them. Real numbers are decimal strings of six digits;
/// colours and places in a figure need no more. A few seconds' work.
Json pictures(const PictureOptions& options);

}  // namespace ncverify::reports
