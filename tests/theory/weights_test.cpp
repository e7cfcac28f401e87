// Class weights in the closed forms: the independent reference, and the map from margins to weights.
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "files/json_text.hpp"
#include "files/read_file.hpp"
#include "problem/configuration_json.hpp"
#include "problem/errors.hpp"
#include "theory/closed_form.hpp"
#include "theory/exact_values.hpp"
#include "theory/printed.hpp"
#include "theory/weight_design.hpp"

using namespace ncverify;
using namespace ncverify::theory;

TEST_CASE("the independent reference with class weights is met, digit by digit, to 110 digits") {
    const auto path = std::filesystem::path(NCVERIFY_REFERENCE_DIR) / "weighted-forms.json";
    const Json reference = files::parse_json(files::read_file(path.string(), "reference"), "reference");
    REQUIRE(reference.size() == 10);
    constexpr long digits = 110;
    // Both are rounded; to `digits` the reference's 120 say which way.
    const auto met = [](const std::string& printed, const Json& expected) {
        const PrecisionScope scope(150);
        const Rational own = parse_rational(printed, "own"), other = parse_rational(expected, "reference");
        return own == other || abs(Rational(own - other)) * pow(Integer(10), digits - 1) <= abs(other);
    };
    for (const Json& entry : reference) {
        const Configuration configuration = parse_configuration(entry.at("config").dump(), "reference");
        const PrintedForm form = printed_form(configuration, digits, true);
        REQUIRE(form.undecided.empty());
        CHECK(form.threshold_exact == entry.at("threshold_exact").get<std::string>());
        CHECK(met(form.minimum_loss, entry.at("minimum_loss")));
        for (std::size_t k = 0; k < form.group.size(); ++k) {
            const PrintedClass& printed = form.groups[form.group[k]];
            const Json& expected = entry.at("classes").at(k);
            CHECK(printed.collapsed == expected.at("collapsed"));
            CHECK(met(printed.margin, expected.at("margin")));
            CHECK(met(printed.feature_norm_squared, expected.at("feature_norm_squared")));
            CHECK(met(printed.classifier_norm_squared, expected.at("classifier_norm_squared")));
            CHECK(met(printed.logit_own, expected.at("logit_own")));
            CHECK(met(printed.logit_other, expected.at("logit_other")));
        }
    }
}

TEST_CASE("weights for margins give these margins, and weights of known margins are found again") {
    const Configuration plain = make_configuration({5000, 500, 50, 5}, "5e-4", "1e-5");
    const std::vector<Rational> margins{Rational(5), Rational(1, 7), Rational(3), Rational(12)};
    const Configuration weighted = with_weights(plain, weights_for_margins(plain, margins, 60, "test"));
    const PrecisionScope scope(100);
    const ClosedForm form = closed_form(weighted);
    for (std::size_t k = 0; k < margins.size(); ++k) {
        const Enclosure off = abs(form.classes[k].margin - from_rational<Enclosure>(margins[k]));
        CHECK(certainly_less(off, from_rational<Enclosure>(parse_rational("1e-57", "test"))));
        CHECK_FALSE(form.classes[k].collapsed);
    }
    CHECK_THROWS_AS(weights_for_margins(plain, {Rational(1)}, 10, "test"), InputError);
    CHECK_THROWS_AS(
        weights_for_margins(plain, {Rational(1), Rational(0), Rational(1), Rational(1)}, 10, "test"),
        InputError);
    CHECK_THROWS_AS(weights_for_margins(plain, std::vector<Rational>(4, Rational(90'000)), 10, "test"),
                    InputError);
}

TEST_CASE("a class exactly at its weighted threshold collapses, one a hair above does not") {
    // T = N^2 K/(K-1) lW lH = 6^2 * 3/2 * lW lH; omega^2 n = 1/3 * 3 = 1.
    const auto at = [](const char* lambda_h) {
        return with_weights(make_configuration({1, 2, 3}, "1/54", lambda_h),
                            std::vector<std::string>{"4", "4", "sqrt1/3"});
    };
    CHECK(threshold(at("1")) == 1);
    CHECK(collapsed(at("1"), 2));
    CHECK_FALSE(collapsed(at("0.99999999999999999999999999999999"), 2));
    CHECK_FALSE(collapsed(at("1"), 0));
}

TEST_CASE("rational cosines and zero products are recognised with weights too") {
    // One class alive: as in the paper's problem, cosines of K classes are rational.
    const Configuration one = with_weights(make_configuration({5, 5, 5}, "1/10", "1/20"),
                                           std::vector<std::string>{"1/100", "1/100", "10"});
    REQUIRE_FALSE(collapsed(one, 2));
    REQUIRE(collapsed(one, 0));
    const auto cosine = rational_cosine(one, 0, 1);
    REQUIRE(cosine.has_value());
    CHECK(*cosine == 1);
    const PrintedForm form = printed_form(one, 3, true);
    CHECK(form.undecided.empty());
}
