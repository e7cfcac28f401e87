// What a gap proves, as lines of a table: shared by `solve` and `certify`.
#pragma once

#include <optional>
#include <string>

#include "ncverify/certification.hpp"

namespace ncverify::cli {

/// Nothing for what is not there.
std::string bound_lines(const std::optional<api::PrintedGapTerms>& terms,
                        const std::optional<api::PrintedBounds>& bounds);

}  // namespace ncverify::cli
