// Ledgers in report.json: what is none, or does not fit the report, is refused.
#include <catch2/catch.hpp>
#include <functional>

#include "busy_runs.hpp"
#include "problem/errors.hpp"

using namespace ncverify;
using busy::kept;
using busy::made;
using trial::TrialOptions;

TEST_CASE("ledgers that do not come to their report's counts, or are none, are refused") {
    TrialOptions options;
    options.claims = busy::paper().claims;
    options.random = 20;
    options.examples = kept({3, 7});
    options.fixed = {trial::Instance(5L)};
    options.search_steps = 5;
    options.seed = 2;
    const std::string text = reports::json_text(made(options).report);
    const auto spoilt = [&](const std::function<void(nlohmann::ordered_json&)>& spoil) {
        auto json = nlohmann::ordered_json::parse(text);
        spoil(json["ledgers"][0]);
        return json.dump();
    };
    using Json = nlohmann::ordered_json;
    CHECK_NOTHROW(reports::parse_report(text, "test", {&busy::paper()}));
    const std::vector<std::function<void(Json&)>> spoils{
        [](Json& l) { l = nullptr; },
        [](Json& l) { l = Json::object(); },
        [](Json& l) { l["random"] = 21; },
        [](Json& l) { l["random"] = 1000000000000000000; },
        [](Json& l) { l["asked"] = 19; },
        [](Json& l) { l["asked"] = 21; },
        [](Json& l) { l["kept"].erase(0); },
        [](Json& l) { l["kept"][0] = "3"; },
        [](Json& l) { l["kept"][0] = "-3:3"; },
        [](Json& l) { l["kept"][0] = "03:3"; },
        [](Json& l) { l["kept"][0] = "18446744073709551616:3"; },
        [](Json& l) { l["given"][0] = "7:x"; },
        [](Json& l) { l["given"] = "7:7"; },
        [](Json& l) { l["solver"]["runs"] = "a"; },
        [](Json& l) { l["solver"]["words"] = "c1"; },
        [](Json& l) { l["solver"]["words"] = "c100000.0"; },
        [](Json& l) { l["inputs"][0]["input"] = l["inputs"][1]["input"]; },
        [](Json& l) { l["inputs"][0]["words"] = "n y z"; },
        [](Json& l) { l["inputs"][0]["runs"] = "20a"; },
        [](Json& l) { l["claims"].erase(1); },
        [](Json& l) { l["claims"][1] = l["claims"][0]; },
        [](Json& l) { l["claims"][0]["id"] = "other"; },
        [](Json& l) { l["claims"].push_back(l["claims"][0]), l["claims"].back()["id"] = "other"; },
        [](Json& l) { l["claims"][0]["words"] = "q"; },
        [](Json& l) { l["claims"][0]["runs"] = "23a"; },
        [](Json& l) { l["claims"][0]["runs"] = "99999999999999999999a"; },
        [](Json& l) { l["claims"][0]["runs"] = "9999999999999a"; },
        [](Json& l) { l["claims"][0]["runs"] = "0a"; },
        [](Json& l) { l["claims"][0]["runs"] = "+++++a"; },
        [](Json& l) { l["claims"][0]["runs"] = "3"; },
        [](Json& l) { l["claims"][0]["runs"] = ""; },
        [](Json& l) { l["claims"][0]["runs"] = l["claims"][0]["runs"].get<std::string>() + "a"; },
        [](Json& l) { l["claims"][0]["failed"] = 0; },
        [](Json& l) { l["claims"][4]["failed"] = nullptr; },
        [](Json& l) { l["claims"][4]["failed"] = 1000; },
        [](Json& l) { l["claims"][3]["walk"] = nullptr; },
        [](Json& l) { l["claims"][3]["walk"]["start"] = 23; },
        [](Json& l) { l["claims"][3]["walk"]["start"] = -1; },
        [](Json& l) { l["claims"][3]["walk"]["steps"] = 4; },
        [](Json& l) { l["claims"][4]["walk"] = l["claims"][3]["walk"]; },
    };
    for (std::size_t i = 0; i < spoils.size(); ++i) {
        INFO("spoilt in way " << i);
        CHECK_THROWS_AS(reports::parse_report(spoilt(spoils[i]), "test", {&busy::paper()}), InputError);
    }
    auto many = Json::parse(text);
    for (int i = 0; i < 1001; ++i) {
        many["ledgers"].push_back(many["ledgers"][0]);
    }
    CHECK_THROWS_AS(reports::parse_report(many.dump(), "test", {&busy::paper()}), InputError);
    auto counts = Json::parse(text);
    counts["run"]["cases"] = 22;
    CHECK_THROWS_AS(reports::parse_report(counts.dump(), "test", {&busy::paper()}), InputError);
    counts = Json::parse(text);
    counts["claims"][0]["cases"]["passed"] = 1;
    CHECK_THROWS_AS(reports::parse_report(counts.dump(), "test", {&busy::paper()}), InputError);
}
