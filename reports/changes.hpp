// Changes: what is different between two runs, the bad news first.
#pragma once

#include <string>
#include <vector>

#include "files/json.hpp"
#include "reports/layout.hpp"
#include "reports/report.hpp"

namespace ncverify::reports {

enum class Trend { regression, improvement, other };
std::string to_string(Trend trend);  ///< "regression", ..

/// One difference, in words that fit a table.
struct Change {
    Trend trend = Trend::other;
    std::string subject;  ///< a claim's identifier, or "wrong theorems"
    std::string what;     ///< "verdict", "evidence", "digits agreed", "wrong theorems refuted", "claim"
    std::string before, after;
};

/// Regressions first, then improvements, then the rest; within each in the order of the claims. A verdict
/// regresses where it leaves the record (that of `later`), or a claim that was decided is undecided or the
/// other way round; evidence where it is weaker; and a claim, or a wrong theorem that was noticed, where it
/// is gone.
std::vector<Change> changes(const Report& earlier, const Report& later);

/// {"regressions":[{"subject":..,"what":..,"before":..,"after":..}],"improvements":[..],"other":[..]}
Json to_json(const std::vector<Change>& changes);
/// The same as lines for a terminal.
std::string table(const std::vector<Change>& changes, const Layout& layout = {});

}  // namespace ncverify::reports
