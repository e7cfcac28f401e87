// HTML page: one file with everything in it, around a page's own data.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace ncverify::reports {

/// What one page has of its own.
struct HtmlPage {
    std::string title;
    std::string plain;            ///< what readers without scripts see: markup, its text escaped
    nlohmann::ordered_json data;  ///< what the script reads
    std::string_view script, policy;
};

/// The whole document.
std::string html_page(const HtmlPage& page);

}  // namespace ncverify::reports
