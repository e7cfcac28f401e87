// Texts and tables for terminals of any width.
#include "reports/layout.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

using namespace ncverify::reports;

namespace {

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> result;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        result.push_back(line);
    }
    return result;
}

std::size_t widest(const std::string& text) {
    std::size_t width = 0;
    for (const std::string& line : lines(text)) {
        width = std::max(width, columns_of(line));
    }
    return width;
}

}  // namespace

TEST_CASE("words are wrapped at the terminal's width, none lost, long ones whole") {
    const std::string text = "one two three four five six seven eight nine ten";
    for (std::size_t width = 5; width < 60; ++width) {
        const std::string broken = wrapped(text, 2, {.columns = width});
        CHECK(widest(broken) <= std::max<std::size_t>(width, 7));
        std::string again;
        std::istringstream words(broken);
        for (std::string word; words >> word;) {
            again += (again.empty() ? "" : " ") + word;
        }
        CHECK(again == text);
    }
    CHECK(wrapped("a 12345678901234567890 b", 2, {.columns = 10}) == "a\n  12345678901234567890\n  b");
    CHECK(wrapped("left over", 4, {.columns = 20}, 14) == "left\n    over");
    CHECK(wrapped("", 4, {.columns = 20}).empty());
    CHECK(wrapped("\u00fc\u00fc\u00fc\u00fc \u00fc", 0, {.columns = 6}) == "\u00fc\u00fc\u00fc\u00fc \u00fc");
}

TEST_CASE("a table keeps to the width by its elastic column, and its numbers stand to the right") {
    const std::vector<std::vector<Cell>> rows{
        {{"claim", Tone::heading}, {"cases", Tone::heading, true}, {"said"}},
        {{"thm1.a"}, {"7", Tone::plain, true}, {"a long text that is wrapped"}},
        {{"b"}, {"12345", Tone::plain, true}, {"short"}}};
    CHECK(aligned(rows, 2, {.columns = 80}) ==
          "claim   cases  said\n"
          "thm1.a      7  a long text that is wrapped\n"
          "b       12345  short\n");
    const std::string narrow = aligned(rows, 2, {.columns = 32});
    CHECK(widest(narrow) <= 32);
    CHECK(lines(narrow).size() == 4);
    CHECK(lines(narrow)[2] == "               is wrapped");
}

TEST_CASE("colours stand where they are shown, and nowhere else") {
    const Layout plain, coloured{.columns = 80, .colours = true};
    CHECK(toned("refuted", Tone::bad, plain) == "refuted");
    CHECK(toned("refuted", Tone::bad, coloured) == "\033[31mrefuted\033[0m");
    CHECK(toned("", Tone::bad, coloured).empty());
    CHECK(toned("text", Tone::plain, coloured) == "text");
    const std::vector<std::vector<Cell>> rows{{{"verified", Tone::good}, {"x"}}, {{"no", Tone::bad}, {"y"}}};
    CHECK(aligned(rows, 2, plain) == "verified  x\nno        y\n");
    // Escapes take no place.
    CHECK(aligned(rows, 2, coloured) == "\033[32mverified\033[0m  x\n\033[31mno\033[0m        y\n");
}
