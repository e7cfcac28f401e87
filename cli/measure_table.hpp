// A measured network as a table.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "measure/measurement.hpp"
#include "theory/printed.hpp"

namespace ncverify::cli {

/// Significant digits of the numbers in it.
inline constexpr long measure_table_digits = 5;

/// Prints to stdout: first what is the matter, then the numbers.
/// @param form  what the theorem says, or nothing
void print_measurement(const measure::Measurement& measured, const std::optional<theory::PrintedForm>& form,
                       const std::vector<std::string>& notes);

}  // namespace ncverify::cli
