#include <catch2/catch.hpp>

#include "problem/configuration_json.hpp"
#include "problem/errors.hpp"

using namespace ncverify;

namespace {

const Configuration plain = make_configuration({8, 2, 2}, "1/10", "1/20");

Configuration with(const std::string& text) {
    return with_weights(plain, parse_weights(text, plain, "test"));
}

}  // namespace

TEST_CASE("weights are exact: rationals, decimals, and square roots of them") {
    const Configuration weighted = with("0.25,1/3,sqrt1/7");
    CHECK(weighted.weights[0].squared == Rational(1, 16));
    CHECK(weighted.weights[1].value == Rational(1, 3));
    CHECK_FALSE(weighted.weights[2].value.has_value());
    CHECK(weighted.weighted_count(2) == Rational(2, 7));
    CHECK(parse_weight("sqrt4/9", "test").value == Rational(2, 3));
}

TEST_CASE("weights print as a command line, a list and JSON that parse back") {
    for (const char* text : {"0.25,1/3,sqrt1/7", "2x3", "1,1,3"}) {
        const Configuration weighted = with(text);
        CHECK(with(weights_text(weighted.weights)) == weighted);
        CHECK(parse_configuration(to_json(weighted).dump(), "test") == weighted);
        CHECK(weighted.command_line().find(" --weights " + weights_text(weighted.weights)) !=
              std::string::npos);
    }
    CHECK(weights_text(with("2x3").weights) == "2x3");
}

TEST_CASE("all weights 1 are no weights: the same configuration, the same text") {
    CHECK(with("1x3") == plain);
    CHECK(with("1,sqrt1,1.0").command_line() == plain.command_line());
    CHECK(to_json(with("1x3")).dump() == to_json(plain).dump());
    CHECK_FALSE(to_json(plain).contains("weights"));
}

TEST_CASE("rules are what scikit-learn's balanced is, and its root") {
    CHECK(with("balanced").weights == with("1/2,2,2").weights);
    CHECK(with("inverse").weights == with("balanced").weights);
    CHECK(with("inverse-sqrt").weights == with("sqrt1/2,sqrt2,sqrt2").weights);
    const Configuration json = parse_configuration(
        R"({"counts":[8,2,2],"lambda_w":"1/10","lambda_h":"1/20","weights":"balanced"})", "test");
    CHECK(json == with("balanced"));
}

TEST_CASE("all weights 1 come first in the order of shrinking") {
    CHECK(plain < with("1,1,2"));
    CHECK(make_configuration({900, 900, 900}, "1/10", "1/20") < with("1,1,2"));
    CHECK(with("1,1,2") < with("1,1,3"));
}

TEST_CASE("bad weights are refused in one line") {
    for (const char* text :
         {"", "1", "1,2", "1,2,3,4", "1,,2", "1,2,0", "1,2,-1", "1,2,x", "1,2,sqrt", "1,2,sqrt-1", "1,2,3x",
          "1x4", "1x0,1,1", "nan,1,1", "1,1,1e20000", "Balanced", "1,2,1e5/3"}) {
        INFO(text);
        CHECK_THROWS_AS(with(text), InputError);
    }
    for (const char* weights : {"3", "[1,2]", "[1,2,null]", "{}", "\"half\"", "[\"1\",\"1\",\"0\"]"}) {
        INFO(weights);
        CHECK_THROWS_AS(
            parse_configuration(
                std::string(R"({"counts":[8,2,2],"lambda_w":"1","lambda_h":"1","weights":)") + weights + "}",
                "test"),
            InputError);
    }
}
