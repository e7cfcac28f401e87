// The closed forms as decimals, every digit right.
#pragma once

#include <optional>

#include "ncverify/closed_forms.hpp"
#include "problem/configuration.hpp"

namespace ncverify::theory {

using api::PrintedClass;
using api::PrintedForm;

/// Throws InputError where this many numbers of this many digits do not fit in memory: sizes are known before
/// any number is.
void require_printable(const Configuration& configuration, long digits, bool with_matrices);

/// Decimal digits at which evaluation gives up: 16 times those asked for and those of the exact input
/// together. So many cancel neither at a threshold nor between the lambdas of near ties.
long precision_cap(const Configuration& configuration, long digits);

/// Evaluates at rising precision until every rounding is decided: to nearest, and to the even one of two
/// decimals that are equally near. What no precision decides, because a number is exactly zero or exactly
/// halfway, exact_values.hpp recognises. A number that is still open at the cap is named in `undecided`; it
/// can only be one of those of which nothing is known (theory/README.md).
/// @param cap  instead of `precision_cap`
PrintedForm printed_form(const Configuration& configuration, long digits, bool with_matrices,
                         std::optional<long> cap = std::nullopt);

}  // namespace ncverify::theory
