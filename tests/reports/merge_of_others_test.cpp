// Runs that share no case, were interrupted, or say what cannot be: merged with care, or refused.
#include "merge_runs.hpp"

TEST_CASE("runs of different seeds add up, their searches too") {
    TrialOptions options;
    options.claims = busy::paper().claims;
    options.random = 30;
    options.search_steps = 10;
    const Report one = made(options).report;
    options.seed = 2;
    const Report other = made(options).report, merged = merge(one, other);
    for (const ClaimResult& result : merged.trial.claims) {
        const ClaimResult &a = *find(one, result.claim.id), &b = *find(other, result.claim.id);
        CHECK(result.checked == a.checked + b.checked);
        CHECK(result.searched == a.searched + b.searched);
        CHECK(result.worst_error_log10 == std::max(a.worst_error_log10, b.worst_error_log10));
        for (std::size_t i = 0; i < result.coverage.size(); ++i) {
            CHECK(result.coverage[i].hits == a.coverage[i].hits + b.coverage[i].hits);
            CHECK(result.coverage[i].cases == a.coverage[i].cases + b.coverage[i].cases);
        }
    }
    CHECK(merged.trial.cases == 60);
}

TEST_CASE("of versions and searches that differ no case is the same") {
    TrialOptions options;
    options.claims = busy::paper().claims;
    options.random = 20;
    const Report one = made(options).report;
    Report newer = one;
    newer.run.version = newer.trial.ledgers.front().version = "9.0.0";
    options.method = "second";
    const Report second = made(options).report;
    for (const Report& other : {newer, second}) {
        const Report merged = merge(one, other);
        CHECK(merged.trial.cases == 40);
        CHECK(find(merged, "close")->checked == 40);
    }
    CHECK(merge(one, newer).run.version == "9.0.0, " + one.run.version);
    CHECK(merge(newer, one).run.version == "9.0.0, " + one.run.version);
}

TEST_CASE("an interrupted run and the same one to its end are that one") {
    TrialOptions options;
    options.claims = busy::paper().claims;
    options.random = 40;
    const Report whole = made(options).report;
    for (const long last : {0L, 7L, 39L}) {
        std::atomic<bool> stop{false};
        options.jobs = 1;
        Report part = whole;
        part.trial =
            trial::run_trial(busy::paper(), options, stop, [&](long done, long) { stop = done > last; });
        REQUIRE(part.trial.interrupted);
        REQUIRE(part.trial.cases == std::min(40L, last + 1));
        part = written_and_read(part);
        for (const Report& merged : {merge(part, whole), merge(whole, part)}) {
            CHECK(merged.trial.cases == 40);
            CHECK(merged.trial.cases_planned == 40);
            CHECK(claims_json(merged) == claims_json(written_and_read(whole)));
        }
    }
}

TEST_CASE(
    "among reports without ledgers too the order of the files does not matter, and no refutation is lost") {
    rc::prop("some with, some without", [] {
        std::vector<Report> reports;
        for (int i = *rc::gen::inRange(2, 5); i > 0; --i) {
            reports.push_back(made(any_options()).report);
            if (*rc::gen::arbitrary<bool>()) {
                reports.back().trial.ledgers.clear();
                reports.back() = written_and_read(reports.back());
            }
        }
        const Report merged = merge(reports);
        for (const ClaimResult& result : merged.trial.claims) {
            for (const Report& each : reports) {
                const ClaimResult* one = find(each, result.claim.id);
                const bool refuted = one != nullptr && one->verdict == Verdict::refuted;
                RC_ASSERT(!refuted || result.verdict == Verdict::refuted);
                RC_ASSERT(!refuted || result.counterexample.has_value());
            }
        }
        std::reverse(reports.begin(), reports.end());
        RC_ASSERT(text_without_timing(merge(reports)) == text_without_timing(merged));
    });
}

TEST_CASE("ledgers that do not come to their report's counts, or are none, are refused") {
    TrialOptions options;
    options.claims = busy::paper().claims;
    options.random = 20;
    options.examples = kept({3, 7});
    options.fixed = {trial::Instance(5L)};
    options.search_steps = 5;
    options.seed = 2;
    const std::string text = json_text(made(options).report);
    const auto spoilt = [&](const std::function<void(nlohmann::ordered_json&)>& spoil) {
        auto json = nlohmann::ordered_json::parse(text);
        spoil(json["ledgers"][0]);
        return json.dump();
    };
    using Json = nlohmann::ordered_json;
    CHECK_NOTHROW(parse_report(text, "test", {&busy::paper()}));
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
        CHECK_THROWS_AS(parse_report(spoilt(spoils[i]), "test", {&busy::paper()}), InputError);
    }
    auto many = Json::parse(text);
    for (int i = 0; i < 1001; ++i) {
        many["ledgers"].push_back(many["ledgers"][0]);
    }
    CHECK_THROWS_AS(parse_report(many.dump(), "test", {&busy::paper()}), InputError);
    auto counts = Json::parse(text);
    counts["run"]["cases"] = 22;
    CHECK_THROWS_AS(parse_report(counts.dump(), "test", {&busy::paper()}), InputError);
    counts = Json::parse(text);
    counts["claims"][0]["cases"]["passed"] = 1;
    CHECK_THROWS_AS(parse_report(counts.dump(), "test", {&busy::paper()}), InputError);
}
