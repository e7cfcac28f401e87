// The numbers behind the figures: what they must show whatever the seed.
#include "reports/pictures/pictures.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "reports/pictures/parts.hpp"
#include "reports/pictures/values_met.hpp"

using namespace ncverify;
using namespace ncverify::reports;

namespace {

double number(const nlohmann::ordered_json& text) {
    return std::stod(text.get<std::string>());
}

Configuration small() {
    return make_configuration({3, 3, 50, 700}, "1e-3", "1/3000", 5);
}

}  // namespace

TEST_CASE("pictures do not depend on the number of threads") {
    PictureOptions options{small(), true, 3, 1};
    const auto one = pictures(options);
    options.jobs = 3;
    CHECK(pictures(options) == one);
    for (const char* name : {"matrices", "norms", "precision", "path", "phases", "landscape", "weights"}) {
        CHECK(one.contains(name));
    }
    options.survey = false;
    CHECK(pictures(options).size() == 3);
    options.seed = 4;
    CHECK(pictures(options)["matrices"]["feature_gram"]["theorem"] ==
          one["matrices"]["feature_gram"]["theorem"]);
}

TEST_CASE("matrices: solver and theorem agree") {
    const auto picture = matrices_picture(small(), 5);
    CHECK(picture["certified"] == true);
    for (const char* name : {"feature_gram", "logits"}) {
        CHECK(number(picture[name]["disagreement"]) < 1e-45);
        CHECK(picture[name]["solver"].size() == 4);
    }
}

TEST_CASE("norms: the turning point is where the curve is highest") {
    const auto picture = norms_picture(make_configuration({100, 100, 200, 300, 500}, "3e-3", "2.5e-3"), 5);
    const double turning = number(picture["turning_point"]);
    double best = 0, at = 0;
    for (const auto& point : picture["curve"]) {
        if (number(point[1]) > best) {
            best = number(point[1]);
            at = number(point[0]);
        }
    }
    CHECK(std::abs(std::log(at / turning)) < 0.05);
    // The solver's classes lie on the curve.
    for (const auto& one : picture["classes"]) {
        const double count = one["count"].get<double>();
        for (std::size_t i = 1; i < picture["curve"].size(); ++i) {
            const auto& left = picture["curve"][i - 1];
            const auto& right = picture["curve"][i];
            if (number(left[0]) <= count && count < number(right[0])) {
                const double share = (count - number(left[0])) / (number(right[0]) - number(left[0]));
                CHECK(number(one["feature_norm"]) ==
                      Approx(number(left[1]) + share * (number(right[1]) - number(left[1]))).epsilon(0.005));
            }
        }
    }
    CHECK(norms_picture(make_configuration({2, 2}, "1", "1"), 5).is_null());  // complete collapse
    // With class weights there is no curve against size.
    CHECK(norms_picture(with_weights(small(), {"1", "2", "1", "1"}), 5).is_null());
}

TEST_CASE("weights: the solver's classes lie on the curves and collapse where the theorem says") {
    const auto picture = weights_picture(make_configuration({2000, 600, 150, 40}, "6e-3", "5e-3"), 5);
    REQUIRE(picture["weightings"].size() == 4);
    std::map<std::string, std::vector<bool>> zero;
    for (const auto& one : picture["weightings"]) {
        INFO(one["rule"]);
        CHECK(one["certified"] == true);
        double total = 0;
        for (const auto& each : one["classes"]) {
            CHECK(each["zero"] == each["collapses"]);
            CHECK(each["collapses"] == (number(each["over_threshold"]) <= 1));
            zero[one["rule"]].push_back(each["zero"]);
            const double count = each["count"].get<double>();
            total += count * number(each["weight"]);
            const std::vector<std::string> series{"over_threshold", "margin", "feature_norm",
                                                  "classifier_norm"};
            for (std::size_t i = 1; i < one["curve"].size(); ++i) {
                const auto& left = one["curve"][i - 1];
                const auto& right = one["curve"][i];
                if (number(left[0]) > count || count >= number(right[0])) {
                    continue;
                }
                const double share = (count - number(left[0])) / (number(right[0]) - number(left[0]));
                for (std::size_t column = 1; column <= series.size(); ++column) {
                    INFO(series[column - 1] << " at " << count);
                    const double drawn =
                        number(left[column]) + share * (number(right[column]) - number(left[column]));
                    CHECK(number(each[series[column - 1]]) == Approx(drawn).epsilon(0.01).margin(0.01));
                }
            }
        }
        if (one["rule"] == "balanced" || one["rule"] == "effective-number") {
            CHECK(total == Approx(2790).epsilon(1e-5));
        }
    }
    // Without weights the smallest collapse, with inverse frequency the largest, with its root none.
    CHECK(zero["none"] == std::vector<bool>{false, false, true, true});
    CHECK(zero["balanced"] == std::vector<bool>{true, false, false, false});
    CHECK(zero["inverse-sqrt"] == std::vector<bool>(4, false));
    CHECK(zero["effective-number"] == std::vector<bool>(4, false));
}

TEST_CASE("phases: outcomes lie on their side of the exact lines") {
    const auto picture = phases_picture(11);
    const long group = picture["classes_per_group"];
    const double count = picture["minority_count"];
    for (const auto& point : picture["points"]) {
        CHECK(point["certified"] == true);
        // T = N^2 K/(K-1) lambda_W lambda_H for two groups of two: a class of n collapses where n <= T.
        const double ratio = point["ratio"], samples = 2 * count * (1 + ratio);
        const double threshold = samples * samples * 4 / 3 * number(point["product"]);
        for (const auto& [name, size] : {std::pair{"minority", count}, {"majority", ratio * count}}) {
            if (std::abs(threshold / size - 1) > 1e-4) {
                CHECK(point[name] == (size <= threshold ? group : 0));
            }
        }
        if (point["place"] == "at") {
            CHECK(point["minority"] == group);  // n_k = T collapses
        }
    }
}

TEST_CASE("precision: digits for digits") {
    const auto picture = precision_picture(small(), 5);
    for (const auto& point : picture["points"]) {
        const double working = point["working"];
        CHECK(number(point["logits"]) > 0.9 * working);
        CHECK(number(point["features"]) > 0.9 * working);
        CHECK(number(point["loss"]) > 1.8 * working - 5);
    }
}

TEST_CASE("path: the metrics fall") {
    const auto steps = path_picture(5)["steps"];
    REQUIRE(steps.size() > 20);
    for (std::size_t series = 1; series <= 4; ++series) {
        CHECK(number(steps.back()[series]) < 1e-6 * number(steps.front()[series]));
    }
}

TEST_CASE("landscape: every local minimum has the value of its dead set") {
    const auto picture = landscape_picture(5);
    long runs = picture["shared"];
    for (const auto& set : picture["sets"]) {
        runs += set["runs"].get<long>();
        if (set["runs"] > 0) {
            CHECK(number(set["disagreement"]) < 1e-9);
        }
    }
    CHECK(runs == picture["descents"]);
    CHECK(picture["sets"].size() == 32);
    REQUIRE(picture["ways"].size() == 2);
    for (const auto& way : picture["ways"]) {
        for (const auto& loss : way["merging"]) {
            CHECK(number(loss) ==
                  Approx(number(way["merging"][0])).epsilon(2e-6));  // constant, to six digits
        }
        for (std::size_t step = 1; step < way["down"].size(); ++step) {
            CHECK(number(way["down"][step]) <= number(way["down"][step - 1]));
        }
        CHECK(number(way["down"].back()) < 0.99 * number(way["merging"][0]));
    }
    CHECK(number(picture["ways"][1]["merging"][0]) == Approx(0.789185));
    CHECK(number(picture["ways"][1]["down"].back()) == Approx(0.642444));
}

TEST_CASE("landscape: the values met have their blocks, and are proven to be what they are called") {
    const auto picture = landscape_picture(5);
    REQUIRE(picture["values"].size() == 2);
    for (const auto& table : picture["values"]) {
        long runs = 0;
        double last = 0;
        for (const auto& row : table["rows"]) {
            runs += row["runs"].get<long>();
            CHECK(number(row["loss"]) > last);
            last = number(row["loss"]);
            if (!row["proven"].is_null()) {
                CHECK(number(row["error"]) < 1e-30);
                CHECK((row["proven"] == "the least with these classes dead") == !row["dead"].empty());
            }
        }
        CHECK(runs == table["descents"]);
        CHECK(table["rows"][0]["proven"] == "the minimum");
    }
    // L(D) of the picture's sets, again from the points' own bounds.
    long compared = 0;
    for (const auto& row : picture["values"][0]["rows"]) {
        for (const auto& set : picture["sets"]) {
            std::vector<long> dead = set["dead"];
            std::sort(dead.rbegin(), dead.rend());
            if (row["proven"] != "a local minimum" && set["runs"] > 0 && row["dead"] == dead) {
                CHECK(number(row["loss"]) == Approx(number(set["claimed"])).epsilon(1e-5));
                CHECK(row["runs"] == set["runs"]);
                ++compared;
            }
        }
    }
    CHECK(compared >= 3);
    const auto& sharing = picture["values"][1]["rows"];
    const auto shared = std::find_if(sharing.begin(), sharing.end(), [](const auto& row) {
        return row["blocks"].dump() ==
               R"([{"classes":[2],"coordinates":2},{"classes":[1,1,1],"coordinates":2}])";
    });
    REQUIRE(shared != sharing.end());
    CHECK((*shared)["proven"] == "a local minimum");
    CHECK(number((*shared)["loss"]) == Approx(0.78918534257).epsilon(1e-10));
    const std::string text = values_text({{"landscape", picture}});
    CHECK(text.find("| 0.789185342571 | {2} in 2 {1, 1, 1} in 2 | none |") != std::string::npos);
    CHECK(values_text(nullptr).empty());
}

TEST_CASE("values met that are not as expected cost their own tables only") {
    const Json good = {{"landscape",
                        {{"values",
                          {{{"name", "some"},
                            {"config", "--counts 1,1"},
                            {"descents", 3},
                            {"rows",
                             {{{"blocks", nullptr},
                               {"dead", Json::array()},
                               {"runs", 3},
                               {"loss", "0.5"},
                               {"proven", nullptr},
                               {"error", nullptr}}}}}}}}}};
    CHECK(values_text(good).find("| 0.5 |") != std::string::npos);
    for (const char* place :
         {"/landscape", "/landscape/values", "/landscape/values/0", "/landscape/values/0/rows",
          "/landscape/values/0/rows/0", "/landscape/values/0/rows/0/loss",
          "/landscape/values/0/rows/0/blocks", "/landscape/values/0/descents"}) {
        for (const Json& wrong : {Json(true), Json(3), Json("x"), Json{{"no", "number"}}}) {
            Json bad = good;
            bad[Json::json_pointer(place)] = wrong;
            INFO(place << " " << wrong);
            CHECK_NOTHROW(values_text(bad));
        }
    }
    CHECK(values_text({{"landscape", true}}).find("are missing") != std::string::npos);
}
