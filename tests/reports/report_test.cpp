// The report's writers, on a small report built by hand with hostile text in it.
#include "reports/report.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "files/atomic_file.hpp"
#include "problem/errors.hpp"
#include "reports/html_writer.hpp"
#include "reports/json_writer.hpp"
#include "reports/junit_writer.hpp"
#include "reports/markdown_writer.hpp"
#include "reports/page_parts.hpp"
#include "reports/terminal_table.hpp"
#include "reports/text.hpp"
#include "reports/writers.hpp"
#include "tests/reports/small_report.hpp"
#include "trial/error_text.hpp"

using namespace ncverify;
using namespace ncverify::reports;
using trial::ClaimResult;
using trial::Evidence;
using trial::Kind;
using trial::Verdict;

namespace {

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

bool printable_text(const std::string& text) {
    for (const char character : text) {
        const auto code = static_cast<unsigned char>(character);
        if ((code < 32 && character != '\n') || code == 127 || code == 0xff) {
            return false;
        }
    }
    return true;
}

std::filesystem::path fresh_directory() {
    std::string name = (std::filesystem::temp_directory_path() / "ncverify-reports-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    return name;
}

}  // namespace

TEST_CASE("errors are printed as decimal bounds, rounded up") {
    CHECK(trial::error_text(-1e300) == "0");
    CHECK(trial::error_text(-50) == "1.0e-50");
    CHECK(trial::error_text(-50.001) == "1.0e-50");
    CHECK(trial::error_text(-50.6) == "2.6e-51");
    CHECK(trial::error_text(0.3) == "2.0e+0");
    CHECK(trial::error_text(-99999.5) == "3.2e-100000");
    CHECK(trial::error_text(INFINITY) == "inf");
    CHECK(trial::error_text(NAN) == "inf");
}

TEST_CASE("report.json has the fields of the interface") {
    Report report = small_report();
    report.expected = ExpectedVerdicts{{{"thm1.b", Verdict::verified}}};
    const auto json = nlohmann::json::parse(json_text(report));
    CHECK(json["run"]["seed"] == 1);
    CHECK(json["run"]["configurations"]["fixed"][0] ==
          "--counts 100x2,200 --lambda-w 1e-4 --lambda-h 1/3000");
    const auto& claim = json["claims"][0];
    CHECK(claim["id"] == "thm1.b");
    CHECK(claim["verdict"] == "verified");
    CHECK(claim["expected"] == "verified");
    CHECK(claim["cases"]["passed"] == 201);
    CHECK(claim["worst_error"] == "2.6e-51");
    CHECK(claim["counterexample"].is_null());
    CHECK(json["claims"][1]["expected"].is_null());
    CHECK(json["claims"][1]["counterexample"]["config"]["dim"] == 5);
    CHECK(json["claims"][2]["kind"] == "misreading");
    CHECK(json["solver"]["local_minima_met"] == 44);
}

TEST_CASE("only the timing field depends on the clock") {
    Report one = small_report();
    Report two = small_report();
    two.trial.seconds = 12.5;
    auto json = to_json(one);
    auto other = to_json(two);
    CHECK(json != other);
    json.erase("timing");
    other.erase("timing");
    CHECK(json == other);
    CHECK(html_text(one) == html_text(two));
    CHECK(junit_text(one) == junit_text(two));
    CHECK(markdown_text(one) == markdown_text(two));
    CHECK(table(one) == table(two));
}

TEST_CASE("differences from the expected verdicts") {
    Report report = small_report();
    CHECK(differences(report).empty());
    report.expected = parse_expected(R"({"thm1.b":"refuted","text41.x":"refuted","not.selected":"verified"})",
                                     "expected.json");
    const auto found = differences(report);
    REQUIRE(found.size() == 2);
    CHECK(found[0].id == "thm1.b");
    CHECK(to_string(found[0]) == "expected refuted, found verified");
    CHECK(found[1].id == "misread.eq9");
    CHECK_FALSE(found[1].expected.has_value());
    report.expected = parse_expected(expected_text(report.trial.claims), "recorded");
    CHECK(differences(report).empty());
}

TEST_CASE("cases with weaker evidence than expected differ, over the whole domain") {
    const ExpectedVerdicts expected = parse_expected(
        R"({"a":{"verdict":"verified","evidence":"certified"},"b":"verified"})", "expected.json");
    trial::ClaimResult result;
    result.claim.id = "a";
    result.verdict = trial::Verdict::verified;
    for (const auto& [evidence, differs] : {std::pair{trial::Evidence::sampled, true},
                                            {trial::Evidence::enclosed, true},
                                            {trial::Evidence::certified, false}}) {
        result.cases_evidence = evidence;
        CHECK(difference(result, expected, true).has_value() == differs);
        CHECK_FALSE(difference(result, expected, false).has_value());
    }
    result.cases_evidence = trial::Evidence::enclosed;
    CHECK(to_string(*difference(result, expected, true)) == "expected certified cases, found enclosed ones");
    result.claim.id = "b";
    CHECK_FALSE(difference(result, expected, true).has_value());
}

TEST_CASE("on single configurations only a refutation of what should hold, or an undecided case, differs") {
    const ExpectedVerdicts expected = parse_expected(R"({"a":"verified","b":"refuted"})", "expected.json");
    const auto differs = [&](const char* id, trial::Verdict verdict, long undecided, bool whole_domain) {
        trial::ClaimResult result;
        result.claim.id = id;
        result.verdict = verdict;
        result.inconclusive = undecided;
        return difference(result, expected, whole_domain).has_value();
    };
    using V = trial::Verdict;
    CHECK(differs("a", V::refuted, 0, false));
    CHECK(differs("a", V::inconclusive, 1, false));
    CHECK_FALSE(differs("a", V::inconclusive, 0, false));
    CHECK_FALSE(differs("b", V::verified, 0, false));
    CHECK_FALSE(differs("b", V::refuted, 0, false));
    CHECK(differs("c", V::verified, 0, false));
    CHECK(differs("a", V::inconclusive, 0, true));
    CHECK(differs("b", V::verified, 0, true));
}

TEST_CASE(
    "a case that fails where a proof says that none can is a difference, on a single configuration too") {
    const ExpectedVerdicts expected = parse_expected(R"({"a":"verified","b":"refuted"})", "expected.json");
    trial::TrialResult trial;
    trial.claims = {result("a", trial::Kind::claim, trial::Verdict::refuted)};
    add_formal_proofs(trial, {{"a", "Statements.a", false, "for all"}}, false);
    REQUIRE(trial.claims[0].verdict == trial::Verdict::inconclusive);
    CHECK(difference(trial.claims[0], expected, false));
    Report report = small_report();
    report.run.random = 0;
    report.expected = expected;
    report.trial.claims = trial.claims;
    CHECK(standing(report) == Standing::differs);  // no time and no digits decide that
    trial.claims[0].claim.id = "b";
    CHECK_FALSE(difference(trial.claims[0], expected, false));
}

TEST_CASE("a report stands as the gravest of its differences") {
    Report report = small_report();
    report.trial.claims = {result("a", trial::Kind::claim, trial::Verdict::verified),
                           result("b", trial::Kind::claim, trial::Verdict::verified)};
    report.expected = parse_expected(R"({"a":"verified","b":"verified"})", "expected.json");
    CHECK(standing(report) == Standing::as_expected);
    report.trial.claims[0] = result("a", trial::Kind::claim, trial::Verdict::inconclusive);
    CHECK(standing(report) == Standing::undecided);
    report.trial.claims[1] = result("b", trial::Kind::claim, trial::Verdict::refuted);
    CHECK(standing(report) == Standing::differs);
    report.expected.reset();
    CHECK(standing(report) == Standing::as_expected);
    report.mutants = MutantTally{12, 9, 2, {"c without a root"}, {}};
    CHECK(standing(report) == Standing::differs);
}

TEST_CASE("a bad file of expected verdicts is refused") {
    for (const char* text :
         {"", "[]", "{\"a\":1}", "{\"a\":\"maybe\"}", "{\"a\":null}", R"({"a":{"verdict":"verified"}})",
          R"({"a":{"verdict":"verified","evidence":"proved"}})",
          R"({"a":{"verdict":"no","evidence":"sampled"}})", "{\"a\":\"verified\"",
          "{\"a\":\"verified\",\"a\":\"refuted\"}"}) {
        CHECK_THROWS_AS(parse_expected(text, "expected.json"), InputError);
    }
    CHECK_THROWS_AS(read_expected("/nonexistent/expected.json"), InputError);
}

TEST_CASE("junit fails exactly the unexpected verdicts") {
    Report report = small_report();
    CHECK(contains(junit_text(report), "tests=\"3\" failures=\"0\""));
    report.expected =
        parse_expected(R"({"thm1.b":"verified","text41.x":"verified","misread.eq9":"refuted"})", "e");
    const std::string text = junit_text(report);
    CHECK(contains(text, "tests=\"3\" failures=\"1\""));
    CHECK(contains(text, "message=\"expected verified, found refuted\""));
    CHECK(contains(text, "ncverify verify --replay"));
    CHECK(printable_text(text));
    CHECK_FALSE(contains(text, "<script"));
}

TEST_CASE("the page escapes everything and asks for nothing from elsewhere") {
    Report report = small_report();
    report.run.version = hostile;
    std::string text = html_text(report);
    // What is left without the parts that are the same for every report; tests/browser opens the whole.
    for (const std::string_view part : {page_parts::style, page_parts::start_script,
                                        page_parts::library_script, page_parts::report_script}) {
        CHECK_FALSE(contains(std::string(part), "@import"));
        const auto place = text.find(part);
        REQUIRE(place != std::string::npos);
        text.erase(place, part.size());
    }
    long scripts = 0;
    for (std::size_t place = 0; (place = text.find("<script", place)) != std::string::npos; ++place) {
        ++scripts;
    }
    CHECK(scripts == 4);
    CHECK_FALSE(contains(text, "http://"));
    CHECK_FALSE(contains(text, "https://"));
    CHECK_FALSE(contains(text, "url("));
    CHECK(contains(text, "default-src &apos;none&apos;"));
    CHECK(contains(text, "&lt;script&gt;"));
    CHECK(contains(text, "\\u003cscript>"));
    CHECK(contains(text, "{{summary}}"));  // as text of the claim, not filled in
    CHECK(contains(text, "1 of 2 statements hold in every case tried; 1 refuted. All 1 misreading refuted"));
    CHECK(printable_text(text));
}

TEST_CASE("the comment is short and nothing in it formats by accident") {
    Report report = small_report();
    report.expected = parse_expected("{}", "e");
    const std::string text = markdown_text(report);
    CHECK(text.size() < 16000);
    CHECK_FALSE(contains(text, "<script"));
    CHECK_FALSE(contains(text, "@all"));
    CHECK(contains(text, "#### Refuted statements"));
    CHECK(contains(text, "#### Not as expected"));
    CHECK(printable_text(text));
}

TEST_CASE("the terminal table ends with the summary") {
    Report report = small_report();
    report.expected = parse_expected(R"({"thm1.b":"refuted"})", "e");
    report.trial.interrupted = true;
    const std::string text = table(report);
    CHECK(contains(text, "verified (expected refuted)"));
    CHECK(contains(text, "(new)"));
    // Laid out in lines of a terminal's width.
    std::string words = text;
    std::replace(words.begin(), words.end(), '\n', ' ');
    CHECK(contains(words, "The run was interrupted after all 201 cases, in what follows them."));
    CHECK(printable_text(text));
    report.trial.interrupted = false;
    report.trial.out_of_time = true;
    report.trial.cases = 131;
    CHECK(contains(summary(report), "The run reached its time limit after 131 of 201 cases."));
    report.trial.cases_planned = 131;
    CHECK(contains(summary(report),
                   "The run reached its time limit after all 131 cases, in what follows them."));
}

TEST_CASE("an empty trial is reported too") {
    Report report;
    report.paper = &properties::paper();
    CHECK(summary(report) == "No claim was put on trial.");
    CHECK(contains(html_text(report), "No claim was put on trial."));
    CHECK(contains(junit_text(report), "tests=\"0\""));
    CHECK_FALSE(table(report).empty());
    CHECK_FALSE(markdown_text(report).empty());
}

TEST_CASE("a replay command is safe to paste") {
    CHECK(replay_command("").empty());
    CHECK(replay_command("a-b:1,2") == "ncverify verify --replay a-b:1,2");
    CHECK(replay_command("a'; rm") == R"(ncverify verify --replay 'a'\''; rm')");
}

TEST_CASE("files appear whole, in a directory made for them") {
    const auto directory = fresh_directory();
    write_all(small_report(), directory / "deep" / "out");
    long files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory / "deep" / "out")) {
        ++files;
        CHECK(std::filesystem::file_size(entry) > 0);
    }
    CHECK(files == 5);
    files::write_atomically(directory / "file", "no folder");
    CHECK_THROWS_AS(write_all(small_report(), directory / "file"), InputError);
    std::filesystem::remove_all(directory);
}
