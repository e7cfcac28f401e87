// Screens beside a trial: what is kept, and what is told of them.
#include "reports/screens.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "reports/markdown_writer.hpp"
#include "reports/merge.hpp"
#include "tests/reports/small_report.hpp"
#include "tests/screen/small_screen.hpp"

using namespace ncverify;
using namespace ncverify::reports;
using screen::small_screen;

TEST_CASE("what is kept of a screen is what it says, but for its rulings and timing", "[fast]") {
    const Json kept = small_screen(1, 1000);
    Json screen = kept;
    screen["rulings"] = {{{"case", 3}}};
    screen["timing"] = {{"per_second", "40000"}, {"screen_s", "1"}};
    CHECK(screen_summary(screen) == kept);
    CHECK(screen_summary(kept) == kept);
    Json screens = Json::array({kept});
    unite_screens(screens, Json::array({small_screen(2, 2000), small_screen(1, 3000)}));
    CHECK(screens == Json::array({small_screen(1, 3000), small_screen(2, 2000)}));
}

TEST_CASE("merged reports have both runs' screens, and Markdown says what they found") {
    Report one = small_report(), other = small_report();
    one.screens.push_back(small_screen(1, 1000));
    other.screens.push_back(small_screen(2, 2000));
    const Report merged = merge(one, other);
    CHECK(merged.screens.size() == 2);
    CHECK(markdown_text(merged).find(
              "3000 configurations in floating point, 2 suspects judged again: all explained") !=
          std::string::npos);
    one.screens[0]["claims"][0]["confirmed"] = 4;
    CHECK(markdown_text(one).find("4 confirmed") != std::string::npos);
    one.screens[0]["claims"][0]["id"] = "misread.eq9";  // wrong on purpose
    CHECK(markdown_text(one).find("all explained") != std::string::npos);
    one.screens[0]["interrupted"] = true;  // then not all suspects were judged
    CHECK(markdown_text(one).find("all explained") == std::string::npos);
    CHECK(markdown_text(one).find("interrupted") != std::string::npos);
    CHECK(markdown_text(small_report()).find("floating point") == std::string::npos);
}
