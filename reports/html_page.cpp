#include "reports/html_page.hpp"

#include <kainjow/mustache.hpp>

#include "reports/page_parts.hpp"

namespace ncverify::reports {

namespace {

// No text in the data can end the element that holds it: `<` is written as an escape.
std::string data_text(const nlohmann::ordered_json& json) {
    const std::string text = json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    std::string safe;
    safe.reserve(text.size());
    for (const char character : text) {
        if (character == '<') {
            safe.append("\\u003c");
        } else {
            safe.push_back(character);
        }
    }
    return safe;
}

}  // namespace

std::string html_page(const HtmlPage& page) {
    kainjow::mustache::data parts;
    parts.set("title", page.title);
    parts.set("plain", page.plain);
    parts.set("data", data_text(page.data));
    parts.set("policy", std::string(page.policy));
    parts.set("style", std::string(page_parts::style));
    parts.set("start_script", std::string(page_parts::start_script));
    parts.set("library_script", std::string(page_parts::library_script));
    parts.set("page_script", std::string(page.script));
    kainjow::mustache::mustache text{std::string(page_parts::page_template)};
    return text.render(parts);
}

}  // namespace ncverify::reports
