// The closed forms as JSON: what `theory` prints, and `measure` beside what it measured.
#pragma once

#include "files/json.hpp"
#include "theory/printed.hpp"

namespace ncverify::cli {

/// The document that `ncverify theory --format json` prints.
/// @param form     of `configuration`, at `digits`
/// @param summary  leave the two K x K matrices out
Json form_json(const Configuration& configuration, const theory::PrintedForm& form, long digits,
               bool summary);

}  // namespace ncverify::cli
