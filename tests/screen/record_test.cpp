// screen.json: what is written is read back, what is none is refused, and of the same cases one record is
// kept.
#include "screen/record.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <nlohmann/json.hpp>

#include "files/atomic_file.hpp"
#include "problem/errors.hpp"
#include "screen/screen_json.hpp"
#include "tests/files/temporary_folder.hpp"
#include "tests/screen/small_screen.hpp"

using namespace ncverify;
using namespace ncverify::screen;

namespace {

// Three cases of two claims, the second a misreading: one suspect, cleared.
struct SmallScreen {
    ScreenOptions options;
    ScreenResult result;
    std::vector<Ruling> rulings;

    SmallScreen() {
        options.seed = 18'446'744'073'709'551'615U;
        options.shape = Shape{3, 4};
        options.claims = {screen_claims()[0], screen_misreadings()[0]};
        result.engine = "avx2";
        result.configurations = 3;
        result.seconds = 2;
        result.claims.resize(2);
        for (const double error : {0.0, 2e-6, 3e5}) {
            result.claims[0].errors.add(error);
        }
        result.claims[0].suspects = 1;
        Suspect suspect;
        suspect.claims = {0};
        suspect.summary.dead = 5;
        result.suspects = {suspect};
        rulings.push_back({.suspect = suspect,
                           .configuration = make_configuration({1, 2, 3}, "1/7", "1/9"),
                           .certified = true,
                           .refuted = {},
                           .reason = Reason::local_minimum});
    }
    ScreenRecord record(bool all_judged = true) const {
        return record_of(result, rulings, all_judged, options, "float32");
    }
};

}  // namespace

TEST_CASE("a record says what was found and reads back from the document and from what a report keeps",
          "[screen]") {
    const SmallScreen small;
    const ScreenRecord record = small.record();
    CHECK(record.claims.at(0).histogram == std::map<int, long>{{-18, 1}, {-6, 1}, {3, 1}});
    CHECK(record.claims[0].max_error == "300000");
    CHECK(record.reasons == std::map<Reason, long>{{Reason::local_minimum, 1}});
    const Json document = to_json(record, small.result, small.rulings, small.options);
    CHECK(document.at("timing").at("per_second") == "1.5");  // what the clock says stands nowhere else
    CHECK_FALSE(document.contains("per_second"));
    CHECK(document.at("rulings").at(0).at("reason") == "local minimum");
    CHECK(document["rulings"][0].at("dead_classes") == Json::array({1, 3}));
    CHECK(document["rulings"][0].at("claims") == Json::array({small.options.claims[0].id}));
    CHECK(to_json(parse_record(document)) == to_json(record));
    CHECK(to_json(parse_record(to_json(record))) == to_json(record));
    CHECK_FALSE(document.contains("weights"));
    ScreenRecord weighted = record;
    weighted.weighted = true;
    CHECK(to_json(weighted).at("weights") == "drawn");
    CHECK(parse_record(to_json(weighted)).weighted);
    std::vector<ScreenRecord> both{record};
    unite(both, {weighted});
    CHECK(both.size() == 2);  // of other cases
    const files::TemporaryFolder folder;
    files::write_atomically(folder.file("screen.json"), document.dump(2));
    CHECK(to_json(read_record(folder.file("screen.json"))) == to_json(record));
    CHECK_THROWS_AS(read_record(folder.file("absent.json")), InputError);
}

TEST_CASE("a screen differs where a claim is confirmed to be wrong, or nothing explains a suspect",
          "[screen]") {
    SmallScreen small;
    CHECK_FALSE(differs(small.record()));
    small.rulings[0].reason = Reason::unexplained;
    CHECK(differs(small.record()));
    small.rulings[0].reason = Reason::confirmed;
    small.rulings[0].refuted = {1};
    CHECK(differs(small.record()));
    CHECK(small.record().claims[0].confirmed == 0);
    CHECK(small.record().claims[1].confirmed == 1);
    CHECK_FALSE(small.record().interrupted);
    CHECK(small.record(false).interrupted);
    small.result.interrupted = true;
    CHECK(small.record().interrupted);
}

TEST_CASE("reasons are words in the order of their names, which is the order of the file", "[screen]") {
    std::vector<std::string> words;
    for (const Reason reason : all_reasons) {
        words.push_back(to_string(reason));
    }
    CHECK(words == std::vector<std::string>{"confirmed", "ill-conditioned", "local minimum", "not converged",
                                            "shared coordinates", "unexplained"});
    CHECK(std::is_sorted(all_reasons.begin(), all_reasons.end()));
}

TEST_CASE("of a misreading, wrong in every case, a few suspects are judged again", "[screen]") {
    SmallScreen small;
    CHECK(is_misreading(small.options.claims[1].id));
    CHECK_FALSE(is_misreading(small.options.claims[0].id));
    small.result.suspects.assign(20, small.result.suspects[0]);
    CHECK(to_rejudge(small.result, small.options).size() == 20);
    for (Suspect& suspect : small.result.suspects) {
        suspect.claims = {1};
    }
    CHECK(to_rejudge(small.result, small.options).size() == 8);
    CHECK(select_misreadings("", "--inject").empty());
    CHECK(select_misreadings("misread.*", "--inject").size() == screen_misreadings().size());
    CHECK_THROWS_WITH(select_misreadings("thm1.a", "--inject"),
                      Catch::Contains("'thm1.a' names no misreading"));
    CHECK(select_misreadings("misread.*", "--inject", true).size() == 2);
    CHECK_THROWS_WITH(select_misreadings("misread.eq9", "--inject", true),
                      Catch::Contains("misread.weights.counts"));
}

TEST_CASE("what is no screen is refused", "[screen]") {
    const auto refused = [](const char* place, const Json& value) {
        Json screen = small_screen(1, 1000);
        screen[Json::json_pointer(place)] = value;
        try {
            parse_record(screen);
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
    CHECK(refused("/shape", {{"classes", 33}, {"dim", 64}}));
    CHECK_FALSE(refused("/shape", {{"classes", 32}, {"dim", 64}}));
    CHECK(refused("/claims", Json::object()));
    CHECK(refused("/claims/0/id", nullptr));
    CHECK(refused("/claims/0/histogram/1e-7", 1.5));
    CHECK(refused("/reasons", Json::array()));
    CHECK(refused("/reasons/constructor", 1));
    CHECK(refused("/claims/0/histogram/1e999", 1));
    CHECK(refused("/claims/0/max_error", "large"));
    for (const char* number : {"inf", "nan", "0", "3.1e-05", "1e+300", "12.5"}) {
        CHECK_FALSE(refused("/claims/0/max_error", number));
    }
    for (const char* text : {"", "-1", ".5", "1.", "1e", "1e5", "1e+1234", "0x1p3", "1 ", "infinity"}) {
        CHECK(refused("/claims/0/p99", text));
    }
    CHECK(refused("/claims/0/p99", std::string(21, '1')));
    CHECK(refused("/configurations", 9'223'372'036'854'775'807));
    CHECK(refused("/seed", -1));
    CHECK_FALSE(refused("/seed", 18'446'744'073'709'551'615U));
}

TEST_CASE("screens of other cases stand side by side; of the same cases the one that went further is kept",
          "[screen]") {
    const auto record = [](int seed, int configurations) {
        return parse_record(small_screen(seed, configurations));
    };
    std::vector<ScreenRecord> records{record(1, 1000)};
    unite(records, {record(2, 2000), record(1, 3000), record(1, 1500)});
    REQUIRE(records.size() == 2);
    CHECK(records[0].configurations == 3000);
    CHECK(records[1].configurations == 2000);
    ScreenRecord cut = record(1, 3000);
    cut.interrupted = true;
    unite(records, {cut});
    CHECK_FALSE(records[0].interrupted);
    // What an interrupted one had not yet judged, a shorter one may have found.
    ScreenRecord found = record(1, 1000), blind = record(1, 5000);
    found.claims[0].confirmed = 1;
    found.reasons = {{Reason::confirmed, 1}};
    blind.interrupted = true;
    for (const auto& both : {std::vector{found, blind}, std::vector{blind, found}}) {
        std::vector<ScreenRecord> united;
        unite(united, both);
        REQUIRE(united.size() == 1);
        CHECK(united[0].claims[0].confirmed == 1);
        CHECK(differs(united[0]));
    }
    ScreenRecord other = record(1, 1000);
    other.shape = Shape{8, 8};
    unite(records, {other});
    CHECK(records.size() == 3);
}

TEST_CASE("a suspect's point is written and read exactly, and nothing else is taken for one", "[screen]") {
    Suspect suspect{.number = 0,
                    .shape = {12, 16},
                    .summary = {Ending::exhausted, 4000, 3, 0x80000001U, true},
                    .claims = {},
                    .residual = 0.1 + 0.2,
                    .worst_curvature = std::numeric_limits<double>::infinity(),
                    .excess = -1e-300 / 3};
    const Json json = to_json(suspect);
    const Suspect again = parse_suspect(json);
    CHECK(to_json(again).dump() == json.dump());
    CHECK(again.residual == suspect.residual);
    CHECK(again.excess == suspect.excess);
    CHECK(again.summary.dead == suspect.summary.dead);
    for (const char* key : {"classes", "ending", "dead", "shared", "gradient"}) {
        Json other = json;
        other[key] = -1;
        CHECK_THROWS(parse_suspect(other));
        other.erase(key);
        CHECK_THROWS(parse_suspect(other));
    }
}
