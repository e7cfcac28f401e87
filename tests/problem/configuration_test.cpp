#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "problem/configuration_json.hpp"
#include "problem/errors.hpp"

using namespace ncverify;

namespace {

Configuration any_configuration() {
    const auto counts =
        *rc::gen::suchThat(rc::gen::container<std::vector<long long>>(rc::gen::inRange<long long>(1, 6)),
                           [](const auto& c) { return c.size() >= 2; });
    const auto top = *rc::gen::inRange(1, 1000), bottom = *rc::gen::inRange(1, 1000);
    return make_configuration(counts, std::to_string(top) + "/" + std::to_string(bottom),
                              std::to_string(top) + "e-" + std::to_string(bottom),
                              *rc::gen::inRange<long long>(1, 20));
}

}  // namespace

TEST_CASE("counts print and parse back") {
    rc::prop("any counts", [] {
        const auto counts =
            *rc::gen::nonEmpty(rc::gen::container<std::vector<long long>>(rc::gen::inRange<long long>(1, 4)));
        RC_ASSERT(parse_counts(counts_text(counts), "test") == counts);
    });
    CHECK(parse_counts("100,100,200x3", "test") == std::vector<long long>{100, 100, 200, 200, 200});
    CHECK(parse_counts("1000000000000000000x2", "test").size() == 2);
}

TEST_CASE("a configuration prints as JSON and as a command line that parse back to it") {
    rc::prop("any configuration", [] {
        const Configuration configuration = any_configuration();
        for (const DecayText decays : {DecayText::as_given, DecayText::exact}) {
            RC_ASSERT(parse_configuration(to_json(configuration, decays).dump(), "test") == configuration);
        }
        std::istringstream words(configuration.command_line());
        std::string option, counts, lambda_w, lambda_h, dimension = "0";
        words >> option >> counts >> option >> lambda_w >> option >> lambda_h >> option >> dimension;
        RC_ASSERT(make_configuration(parse_counts(counts, "test"), lambda_w, lambda_h,
                                     std::stoll(dimension)) == configuration);
    });
}

TEST_CASE("a configuration's decays are written as given, in lowest terms, or not at all") {
    const Configuration configuration = make_configuration({3, 4}, "2e-1", "4/6", 5);
    CHECK(to_json(configuration).dump() == R"({"counts":[3,4],"lambda_w":"2e-1","lambda_h":"4/6","dim":5})");
    CHECK(to_json(configuration, DecayText::exact).dump() ==
          R"({"counts":[3,4],"lambda_w":"1/5","lambda_h":"2/3","dim":5})");
    CHECK(to_json(configuration, DecayText::none).dump() ==
          R"({"counts":[3,4],"lambda_w":null,"lambda_h":null,"dim":5})");
}

TEST_CASE("lambdas are read exactly") {
    CHECK(parse_lambda("1e-4", "test") == Rational(1, 10000));
    CHECK(parse_lambda("0.1", "test") == Rational(1, 10));
    CHECK(parse_lambda("+2.50E+1", "test") == 25);
    CHECK(parse_lambda("2/6000", "test") == Rational(1, 3000));
    CHECK(parse_lambda("1e-10000", "test") * parse_lambda("1e10000", "test") == 1);
}

TEST_CASE("JSON numbers are taken by their text, beyond double's range too") {
    const auto lambda = [](const std::string& number) {
        return parse_configuration("{\"counts\":[1,2],\"lambda_w\":" + number + ",\"lambda_h\":\"1e-400\"}",
                                   "test")
            .lambda_w;
    };
    CHECK(lambda("0.1") == Rational(1, 10));
    CHECK(lambda("1e-400") == parse_lambda("1e-400", "test"));
    CHECK(lambda("1e400") == parse_lambda("1e400", "test"));
    CHECK(lambda("12345678901234567890123") == Rational(Integer("12345678901234567890123")));
}

TEST_CASE("what is not a configuration is refused") {
    for (const char* lambda : {"", "0", "-1", "nan", "inf", "1e", "e5", "1e5.5", "1/0", "1/-2", "1e10001",
                               "1e-10001", "0x10", "1 2", "1e999999999999"}) {
        CHECK_THROWS_AS(parse_lambda(lambda, "test"), InputError);
    }
    for (const char* counts : {"", ",", "1,,2", "0", "-3", "1.5", "1x", "x3", "1x0", "1e3",
                               "1000000000000000001", "1x100001", "one"}) {
        CHECK_THROWS_AS(parse_counts(counts, "test"), InputError);
    }
    for (const char* json : {"", "{", "[]", "{\"counts\":[1,2],\"lambda_w\":1}",
                             "{\"counts\":[1],\"lambda_w\":1,\"lambda_h\":1}",
                             "{\"counts\":[1,2],\"lambda_w\":1,\"lambda_h\":1,\"dim\":0}",
                             "{\"counts\":[1,2],\"lambda_w\":1,\"lambda_h\":1,\"x\":0}",
                             "{\"counts\":[1,2],\"counts\":[1,3],\"lambda_w\":1,\"lambda_h\":1}",
                             "{\"counts\":{},\"lambda_w\":1,\"lambda_h\":1}",
                             "{\"counts\":[1,2],\"lambda_w\":true,\"lambda_h\":1}",
                             "{\"counts\":[1,2],\"lambda_w\":1,\"lambda_h\":1} x"}) {
        CHECK_THROWS_AS(parse_configuration(json, "test"), InputError);
    }
}

TEST_CASE("an error is one line, also where who raised it forgot to make the input fit for one") {
    const InputError error("'a\nb' is none", "folder\t/file\x7f", "\u00dcbung\x1b[31m");
    CHECK(std::string(error.what()) == "folder?/file?: 'a?b' is none; expected \u00dcbung?[31m");
    CHECK(error.problem == "'a?b' is none");
    CHECK(error.where == "folder?/file?");
    CHECK(error.expected == "\u00dcbung?[31m");
}

TEST_CASE("an error says where, what, and what would be right") {
    try {
        parse_lambda("1/0", "--lambda-w");
        FAIL("1/0 was accepted");
    } catch (const InputError& error) {
        CHECK(std::string(error.what()).find("--lambda-w: '1/0' divides by zero; expected a decimal") == 0);
    }
    CHECK(printable(std::string(200, 'a')).size() <= 64);
    CHECK(printable("a\nb\x01").find_first_of("\n\x01") == std::string::npos);
    CHECK(printable("\u00dcbung \u6570.npy") == "\u00dcbung \u6570.npy");
    CHECK(printable("\xff\u202ea\u0085") == "????a??");
    // What a word processor makes of a minus, a cross, a hyphen and a space.
    CHECK(printable("\u22121e-4") == "<U+2212 minus sign>1e-4");
    CHECK(printable("200\u00d73") == "200<U+00D7 multiplication sign>3");
    CHECK(printable("\u2013\u2013counts") == "<U+2013 en dash><U+2013 en dash>counts");
    CHECK(printable("1\u00a0000") == "1<U+00A0 no-break space>000");
    std::string many;
    for (int i = 0; i < 70; ++i) {
        many += "\u00e9";
    }
    CHECK(printable(many) == many.substr(0, 120) + "...");
}

TEST_CASE("configurations are totally ordered, fewer classes first") {
    rc::prop("antisymmetric and consistent with equality", [] {
        const Configuration a = any_configuration(), b = any_configuration();
        RC_ASSERT(((a <=> b) == 0) == (a == b));
        RC_ASSERT((a < b) == (b > a));
        if (a.counts.size() < b.counts.size()) {
            RC_ASSERT(a < b);
        }
    });
}
