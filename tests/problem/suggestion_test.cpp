#include "problem/suggestion.hpp"

#include <catch2/catch.hpp>

using ncverify::suggestion;

TEST_CASE("a slip of the finger gets the nearest word, nonsense gets none") {
    const std::vector<std::string> known{"thm1.b", "thm1.c", "cor4.threshold", "verify"};
    CHECK(suggestion("thm1b", known) == " (did you mean thm1.b?)");
    CHECK(suggestion("cor4.treshold", known) == " (did you mean cor4.threshold?)");
    CHECK(suggestion("evrify", known) == " (did you mean verify?)");
    CHECK(suggestion("nonsense", known).empty());
    CHECK(suggestion("", known).empty());
    CHECK(suggestion(std::string(100000, 'v'), known).empty());
    CHECK(suggestion("x", {}).empty());
}
