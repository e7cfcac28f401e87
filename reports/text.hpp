// Text as reports need it: numbers in words a reader can use, and escaping for each place it is put in.
#pragma once

#include <string>
#include <string_view>

#include "trial/result.hpp"

namespace ncverify::reports {

/// The worst error of a claim as agreement: "51 digits", "exact"; "-" where no case passed.
std::string agreement_text(const trial::ClaimResult& result);
/// "201 of 201", or "180 of 201, 21 skipped" ...: cases passed, and what became of the others.
std::string cases_text(const trial::ClaimResult& result);
/// The command that repeats a claim's hardest case, quoted for a shell; empty where there is no token.
std::string replay_command(const std::string& token);

/// `text` as valid UTF-8 on one line, with control characters and broken bytes shown as "\x1b".
std::string visible(std::string_view text);
/// `visible(text)` as character data or attribute value of HTML and XML.
std::string markup(std::string_view text);
/// `visible(text)` as running text of Markdown: nothing in it formats, links, mentions or ends a table cell.
std::string markdown(std::string_view text);

}  // namespace ncverify::reports
