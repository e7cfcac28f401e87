#include "theory/printed.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "files/json_text.hpp"
#include "files/read_file.hpp"
#include "problem/configuration_json.hpp"
#include "theory/closed_form.hpp"
#include "theory/exact_values.hpp"
#include "theory/rounding.hpp"

using namespace ncverify;
using namespace ncverify::theory;

TEST_CASE("the independent reference is met, digit by digit, to 120 digits") {
    const Json reference = files::parse_json(
        files::read_file(std::string(NCVERIFY_REFERENCE_DIR) + "/closed-forms.json", "reference"),
        "reference");
    REQUIRE(reference.size() == 10);
    for (const Json& entry : reference) {
        const Configuration configuration = parse_configuration(entry.at("config").dump(), "reference");
        const PrintedForm form = printed_form(configuration, 120, true);
        REQUIRE(form.undecided.empty());
        CHECK(form.threshold_exact == entry.at("threshold_exact").get<std::string>());
        CHECK(form.minimum_loss == entry.at("minimum_loss").get<std::string>());
        const auto value = [](const Json& json) {
            return json.is_null() ? std::string() : json.get<std::string>();
        };
        for (std::size_t k = 0; k < form.group.size(); ++k) {
            const PrintedClass& printed = form.groups[form.group[k]];
            const Json& expected = entry.at("classes").at(k);
            CHECK(printed.collapsed == expected.at("collapsed"));
            CHECK(printed.margin == expected.at("margin").get<std::string>());
            CHECK(printed.feature_norm_squared == expected.at("feature_norm_squared").get<std::string>());
            CHECK(printed.classifier_norm_squared ==
                  expected.at("classifier_norm_squared").get<std::string>());
            CHECK(printed.logit_own == expected.at("logit_own").get<std::string>());
            CHECK(printed.logit_other == expected.at("logit_other").get<std::string>());
            for (std::size_t j = 0; j < form.group.size(); ++j) {
                if (j != k) {
                    CHECK(form.inner[form.group[k]][form.group[j]] ==
                          value(entry.at("classifier_gram").at(k).at(j)));
                    CHECK(form.cosine[form.group[k]][form.group[j]] ==
                          value(entry.at("classifier_cosine").at(k).at(j)));
                }
            }
        }
    }
}

TEST_CASE("fewer digits are the rounding of many") {
    const Configuration configuration =
        make_configuration({100, 100, 200, 200, 300, 300, 400, 400, 500, 500}, "1e-4", "1e-5");
    const PrintedForm many = printed_form(configuration, 400, true);
    for (long digits = 1; digits <= 200; digits += 7) {
        const PrintedForm few = printed_form(configuration, digits, true);
        CHECK(few.minimum_loss == rounded(parse_rational(many.minimum_loss, "test"), digits));
        CHECK(few.inner[0][3] == rounded(parse_rational(many.inner[0][3], "test"), digits));
        CHECK(few.cosine[4][4] == rounded(parse_rational(many.cosine[4][4], "test"), digits));
    }
}

TEST_CASE("collapse is decided exactly at the threshold and 10^-30 from it") {
    // K = 2, counts 1, 1: T = 8 lW lH, so lW = 1, lH = 1/8 puts both classes exactly at it.
    const auto collapsed_at = [](const std::string& lambda_h) {
        return collapsed(make_configuration({1, 1}, "1", lambda_h), 0);
    };
    CHECK(collapsed_at("1/8"));
    CHECK(collapsed_at("0.125000000000000000000000000000125"));
    CHECK_FALSE(collapsed_at("0.124999999999999999999999999999875"));
    // Just above, the margin is K eps/2 with every digit right:
    // the cancellation costs precision, which is raised.
    const PrintedForm close =
        printed_form(make_configuration({1, 1}, "1", "0.124999999999999999999999999999875"), 20, true);
    CHECK(close.undecided.empty());
    CHECK(close.groups[0].margin.substr(0, 8) == "1.000000");
    CHECK(close.groups[0].margin.find("e-30") != std::string::npos);
}

TEST_CASE("cosines that are halfway between two decimals are recognised") {
    const PrintedForm balanced = printed_form(make_configuration({4, 4, 4, 4, 4}, "1e-4", "1e-4"), 1, true);
    CHECK(balanced.undecided.empty());
    CHECK(balanced.cosine[0][0] == "-2e-1");
    CHECK(rational_cosine(make_configuration({4, 4, 4, 4, 4}, "1e-4", "1e-4"), 0, 1) == Rational(-1, 4));
    // One class above the threshold, two below: those two are parallel.
    const Configuration one = make_configuration({900, 1, 1}, "1e-2", "1e-2");
    REQUIRE_FALSE(collapsed(one, 0));
    REQUIRE(collapsed(one, 1));
    CHECK(rational_cosine(one, 1, 2) == Rational(1));
    CHECK(rational_cosine(one, 0, 1) == Rational(-1));
    CHECK_FALSE(rational_cosine(make_configuration({9, 8, 7}, "1e-4", "1e-4"), 0, 1));
    CHECK_FALSE(rational_cosine(make_configuration({9, 4, 1}, "1e-4", "1e-4"), 0, 1));
}

TEST_CASE("a product of classifiers that is exactly zero is printed as zero") {
    const Configuration configuration =
        make_configuration({4, 4, 9, 9, 1, 1, 1, 1, 1, 1, 1}, "275/98010", "1");
    CHECK(classifiers_orthogonal(configuration, 0, 4));
    CHECK_FALSE(classifiers_orthogonal(configuration, 0, 1));
    const PrintedForm form = printed_form(configuration, 30, true);
    CHECK(form.undecided.empty());
    CHECK(form.inner[form.group[0]][form.group[4]] == "0");
    CHECK(form.cosine[form.group[0]][form.group[4]] == "0");
    CHECK(form.own_cosine == "1.00000000000000000000000000000");
    // A lambda that differs in its twentieth digit: not zero, and not called so.
    const Configuration close =
        make_configuration({4, 4, 9, 9, 1, 1, 1, 1, 1, 1, 1}, "0.00280583613916947250281", "1");
    CHECK_FALSE(classifiers_orthogonal(close, 0, 4));
    CHECK(printed_form(close, 10, true).inner[0][2] != "0");
}

TEST_CASE("where every class collapses, norms are zero and cosines undefined") {
    const PrintedForm form = printed_form(make_configuration({2, 2, 2}, "1", "1"), 20, true);
    CHECK(form.own_cosine.empty());
    CHECK(form.cosine[0][0].empty());
    CHECK(form.inner[0][0] == "0");
    CHECK(form.groups[0].collapsed);
    CHECK(form.minimum_loss == "1.0986122886681096914");  // log 3
}

TEST_CASE("the norms and products of the closed form are those of its own classifiers") {
    const PrecisionScope scope(60);
    rc::prop("sum over j of w_k . w_j = 0", [] {
        std::vector<long long> counts;
        const int classes = *rc::gen::inRange(2, 8);
        for (int k = 0; k < classes; ++k) {
            counts.push_back(*rc::gen::inRange<long long>(1, 1000));
        }
        const ClosedForm form = closed_form(make_configuration(counts, "1e-3", "1e-4"));
        for (long k = 0; k < classes; ++k) {
            Enclosure sum(0);
            for (long j = 0; j < classes; ++j) {
                sum += form.classifier_inner(k, j);
            }
            RC_ASSERT(contains_zero(sum));
            RC_ASSERT(sum.magnitude() < 1e-45);
        }
    });
}
