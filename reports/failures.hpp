// Failures: the cases of a report in which claims failed, and what came of trying them again.
#pragma once

#include <string>
#include <vector>

#include "reports/report.hpp"
#include "trial/retry.hpp"

namespace ncverify::reports {

/// Of each claim that was refuted, or undecided in some case, the case that the report names: its
/// counterexample, or the first undecided one. Throws InputError naming `where` where a token of it names no
/// case of that claim.
std::vector<trial::Failure> failures_of(const Report& report, const std::string& where);

/// {"failures":[{"claim":..,"outcome":..,"expected":..,"message":..,"values":{..},"replay":..}, ..], how many
/// of each outcome there are, and "otherwise_than_expected"}.
nlohmann::ordered_json to_json(const trial::Paper& paper, const std::vector<trial::Failure>& failures,
                               const std::vector<trial::Retry>& retries);

/// The same, a line for each.
std::string table(const trial::Paper& paper, const std::vector<trial::Failure>& failures,
                  const std::vector<trial::Retry>& retries);

}  // namespace ncverify::reports
