// The closed forms as decimals, every digit right.
#pragma once

#include "ncverify/closed_forms.hpp"
#include "problem/configuration.hpp"

namespace ncverify::theory {

using api::PrintedClass;
using api::PrintedForm;

/// Throws InputError where this many numbers of this many digits do not fit in memory: sizes are known before
/// any number is.
void require_printable(const Configuration& configuration, long digits, bool with_matrices);

/// Evaluates at rising precision until every rounding is decided. Precision ends at a multiple of the digits
/// asked for and those of the input; by then only a number that is exactly halfway between two decimals,
/// without being recognised by exact_values.hpp, is left, and `undecided` names it.
PrintedForm printed_form(const Configuration& configuration, long digits, bool with_matrices);

}  // namespace ncverify::theory
