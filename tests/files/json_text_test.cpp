// JSON whose numbers keep their digits.
#include "files/json_text.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "problem/errors.hpp"

using namespace ncverify;
using namespace ncverify::files;

TEST_CASE("numbers that are no 64-bit integers are kept as their text, strings as they are") {
    const Json json =
        parse_json(R"({"b": 1e-4, "a": [0.10, 1E400, -3, 18446744073709551615], "1e5": "2e\"3"})", "test");
    CHECK(json.dump() == R"({"b":"1e-4","a":["0.10","1E400",-3,18446744073709551615],"1e5":"2e\"3"})");
    CHECK(json.at("a").at(2).is_number_integer());
}

TEST_CASE("whole numbers of any length keep their digits") {
    const std::string digits = "1" + std::string(400, '0');
    CHECK(parse_json("[" + digits + ", -" + digits + ", 18446744073709551616]", "test") ==
          Json({digits, "-" + digits, "18446744073709551616"}));
}

TEST_CASE("a count is a whole number up to what adds up exactly") {
    CHECK(count_of(Json(0), "cases", "test") == 0);
    CHECK(count_of(Json(1'000'000'000'000), "cases", "test") == 1'000'000'000'000);
    CHECK(count_of(Json(7), "classes", "test", 7) == 7);
    for (const Json& other : {Json(-1), Json(1'000'000'000'001), Json(18446744073709551615U), Json("1"),
                              Json(true), Json(nullptr), Json(1.5)}) {
        INFO(other);
        CHECK_THROWS_WITH(count_of(other, "cases", "test"),
                          "test: 'cases' is no count; expected a whole number, at most 1e12");
    }
    CHECK_THROWS_WITH(count_of(Json(8), "classes", "test", 7),
                      "test: 'classes' is no count; expected a whole number, at most 7");
}

TEST_CASE("what is no document, or a doubtful one, is refused") {
    const auto reason = [](const std::string& text) -> std::string {
        try {
            parse_json(text, "test");
            return "";
        } catch (const InputError& error) {
            return error.what();
        }
    };
    CHECK(reason(R"({"a": {"a": 1}, "b": 1})").empty());
    CHECK(reason(R"({"a": 1, "a": 2})").find("\"a\" stands twice") != std::string::npos);
    CHECK(reason(std::string(16, '[') + std::string(16, ']')).empty());
    CHECK(reason(std::string(17, '[') + std::string(17, ']')).find("deeper than 16") != std::string::npos);
    for (const char* text :
         {"", "{", "[1,]", "[1] 2", "{\"a\": }", "nul", "[1e]x", "\"\xff\"", "01e-4", "[-01e4]", "1.e-5",
          "[.5e1]", "[1e5e5]", "[1-2e3]", "[--1e3]", "{1e5:2}", "{1e5 : 2}"}) {
        INFO(text);
        CHECK(reason(text).find("test: not valid JSON") == 0);
    }
}

TEST_CASE("nothing hides behind a NUL") {
    using namespace std::string_literals;
    CHECK_THROWS_AS(parse_json("{}\0"s, "test"), InputError);
    CHECK_THROWS_AS(parse_json("{}\0 and more"s, "test"), InputError);
}

TEST_CASE("a format may want its real numbers in quotes") {
    CHECK(parse_json("[12, \"0.5\"]", "test", Reals::refused).at(0).get<int>() == 12);
    for (const char* bad : {"[0.5]", "[1e2]", "[1E-2]", "[-1.0]", "[1e400]", "[100000000000000000000]"}) {
        CHECK_THROWS_AS(parse_json(bad, "test", Reals::refused), InputError);
    }
}
