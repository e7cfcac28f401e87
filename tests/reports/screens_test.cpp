// Screens beside a trial: what is kept, what is added up, what is refused.
#include "reports/screens.hpp"

#include <catch2/catch.hpp>

#include "problem/errors.hpp"
#include "reports/markdown_writer.hpp"
#include "reports/merge.hpp"
#include "tests/reports/small_report.hpp"
#include "tests/reports/small_screen.hpp"

using namespace ncverify;
using namespace ncverify::reports;

TEST_CASE("a screen's summary leaves out its rulings, its speed and its timing, and nothing else") {
    const Json kept = small_screen(1, 1000);
    Json screen = kept;
    screen["per_second"] = "40000";
    screen["rulings"] = {{{"case", 3}}};
    screen["timing"] = {{"screen_s", "1"}};
    CHECK(screen_summary(screen) == kept);
    CHECK(screen_summary(kept) == kept);
}

TEST_CASE("what is no screen is refused") {
    const auto refused = [](const char* place, const Json& value) {
        Json screen = small_screen(1, 1000);
        screen[Json::json_pointer(place)] = value;
        try {
            screen_summary(screen);
            return false;
        } catch (const nlohmann::json::exception&) {
            return true;
        } catch (const InputError&) {
            return true;
        }
    };
    CHECK_FALSE(refused("/seed", 2));
    CHECK(refused("/seed", "one"));
    CHECK(refused("/configurations", -1));
    CHECK(refused("/configurations", "many"));
    CHECK(refused("/shape", 3));
    CHECK(refused("/claims", Json::object()));
    CHECK(refused("/claims/0/id", nullptr));
    CHECK(refused("/claims/0/histogram/1e-7", 1.5));
    CHECK(refused("/reasons", Json::array()));
    CHECK(refused("/reasons/constructor", 1));
    CHECK(refused("/claims/0/histogram/1e999", 1));
    CHECK(refused("/claims/0/max_error", "large"));
    CHECK_FALSE(refused("/claims/0/max_error", "inf"));
    CHECK(refused("/configurations", 9'223'372'036'854'775'807));
    CHECK(refused("/seed", -1));
    CHECK_FALSE(refused("/seed", 18'446'744'073'709'551'615U));
    CHECK_THROWS_AS(read_screen("/nonexistent/screen.json"), InputError);
}

TEST_CASE("screens of other cases stand side by side; of the same cases the one that went further is kept") {
    Json screens = Json::array({small_screen(1, 1000)});
    unite_screens(screens,
                  Json::array({small_screen(2, 2000), small_screen(1, 3000), small_screen(1, 1500)}));
    REQUIRE(screens.size() == 2);
    CHECK(screens[0]["configurations"] == 3000);
    CHECK(screens[1]["configurations"] == 2000);
    Json cut = small_screen(1, 3000);
    cut["interrupted"] = true;
    unite_screens(screens, Json::array({cut}));
    CHECK(screens[0]["interrupted"] == false);
    Json other = small_screen(1, 1000);
    other["shape"] = {{"classes", 8}, {"dim", 8}};
    unite_screens(screens, Json::array({other}));
    CHECK(screens.size() == 3);
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
