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

/// The two decays and the loss's class weights, or none where no decay is given. Throws InputError naming
/// `where_w`, `where_h` or `where_weights`.
/// @param weights  as with_weights reads them: K texts, a rule, or none for all 1
std::optional<measure::Decays> decays_of(const std::string& lambda_w, const std::string& lambda_h,
                                         const std::string& where_w, const std::string& where_h,
                                         const std::vector<std::string>& weights = {},
                                         const std::string& where_weights = "weights");

struct Predicted {
    measure::Measurement measured;
    std::vector<std::string> notes;           ///< what to know before believing the numbers
    std::optional<theory::PrintedForm> form;  ///< none without decays
};

/// @param digits    of the theorem's numbers
/// @param matrices  the K x K matrices too; throws InputError where these do not fit in memory
Predicted predicted(measure::Measurement measured, long digits, bool matrices);

/// The theorem's numbers as `theory` prints them; null without decays.
Json theory_json(const Predicted& network, long digits, bool matrices);

/// measure.json, without the newline at its end.
std::string json_text(const Predicted& network, long digits, bool matrices);

}  // namespace ncverify::library
