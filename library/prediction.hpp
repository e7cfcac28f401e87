// A measured network with the theorem's prediction beside it: what `measure` answers, before it is plain
// values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "files/json.hpp"
#include "measure/measurement.hpp"
#include "theory/printed.hpp"

namespace ncverify::library {

/// Throws InputError, naming `where_w` or `where_h`, for a decay that is given and is none.
void require_decays(const measure::Training& training, const std::string& where_w,
                    const std::string& where_h);

struct Predicted {
    measure::Measurement measured;
    std::vector<std::string> notes;           ///< what to know before believing the numbers
    std::optional<theory::PrintedForm> form;  ///< none where no decays are known
};

/// @param digits    of the theorem's numbers
/// @param matrices  the K x K matrices too; throws InputError where these do not fit in memory
Predicted predicted(measure::Measurement measured, long digits, bool matrices);

/// The theorem's numbers as `theory` prints them; null without decays.
Json theory_json(const Predicted& network, long digits, bool matrices);

/// measure.json, without the newline at its end.
std::string json_text(const Predicted& network, long digits, bool matrices);

}  // namespace ncverify::library
