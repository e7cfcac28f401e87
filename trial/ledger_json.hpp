// A ledger as report.json has it under "ledgers": one writer, one reader.
#pragma once

#include "files/json.hpp"
#include "trial/ledger.hpp"
#include "trial/paper.hpp"

namespace ncverify::trial {

Json to_json(const Paper& paper, const Ledger& ledger);

/// What `to_json` made: it gives the same again. Its inputs cannot be tried. Throws InputError or nlohmann's
/// exceptions for anything else.
/// @param budget  how many runs of equal entries may still be read; it is lowered by what is
Ledger parse_ledger(const Paper& paper, const Json& json, long& budget);

}  // namespace ncverify::trial
