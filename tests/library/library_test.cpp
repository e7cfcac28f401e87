// The public functions: what they answer, and what they refuse. Includes nothing but public headers of ours.
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "ncverify/ncverify.hpp"

using namespace ncverify::api;

namespace {

const Configuration small{.counts = {3, 4, 9, 9, 20}, .lambda_w = "1/10", .lambda_h = "15e-3"};

// What an InputError says of a call.
template <typename Call>
ncverify::InputError refusal(Call call) {
    try {
        call();
    } catch (const ncverify::InputError& error) {
        return error;
    }
    return {"nothing", "nowhere", "an InputError"};
}

}  // namespace

TEST_CASE("library: closed forms, by class and by pair of counts") {
    const Theory found = theory(small, {.digits = 12});
    CHECK(found.configuration.dim == 5);
    CHECK(found.attained);
    CHECK(found.form.group == std::vector<std::size_t>{0, 1, 2, 2, 3});
    CHECK(found.form.groups.size() == 4);
    CHECK(found.form.inner[2][3] == found.form.inner[3][2]);
    CHECK(found.form.minimum_loss.size() == 13);
    CHECK(to_json(found).find("\"minimum_loss\": \"" + found.form.minimum_loss + "\"") != std::string::npos);
    CHECK(to_json(found).find("classifier_gram") != std::string::npos);
    CHECK(to_json(theory(small, {.digits = 12, .matrices = false})).find("classifier_gram") ==
          std::string::npos);
}

TEST_CASE("library: a minimum is certified, and its certificate proves it and no more") {
    const Solution solution = solve(small, {.digits = 20, .point = true});
    REQUIRE(solution.status == SolutionStatus::certified);
    CHECK(solution.lower_bound <= solution.objective);  // equal in length and power of ten
    CHECK(solution.search == SearchMethod::structured);
    CHECK(solution.starts.back().outcome == StartOutcome::global);
    CHECK(solution.logits.size() == 5);
    REQUIRE(solution.point);
    CHECK(solution.point->features.size() == 5);
    CHECK(solution.point->labels.empty());
    const Certification proof = certify(solution.certificate);
    CHECK(proof.proven);
    CHECK(proof.implied->margins.size() == 5);
    CHECK(certify(solution.certificate, {.classes = false}).implied->margins.empty());
    // A point that is not the one whose bounds are claimed.
    std::string other = solution.certificate;
    const std::string first = solution.point->classifier[0][0];
    other.replace(other.find('"' + first + '"'), first.size() + 2, "\"1e3\"");
    const Certification refused = certify(other);
    CHECK_FALSE(refused.proven);
    CHECK_FALSE(refused.reason.empty());
    CHECK_FALSE(refused.implied);
}

TEST_CASE("library: the samples form has a row of H and a label for each sample") {
    const Configuration three{.counts = {2, 3}, .lambda_w = "1e-2", .lambda_h = "1e-2", .dim = 3};
    const Solution solution = solve(three, {.digits = 15,
                                            .formulation = Formulation::samples,
                                            .matrices = false,
                                            .point = true,
                                            .certificate = false});
    REQUIRE(solution.point);
    CHECK(solution.point->features.size() == 5);
    CHECK(solution.point->features[0].size() == 3);
    CHECK(solution.point->labels == std::vector<std::int64_t>{0, 0, 1, 1, 1});
    CHECK(solution.certificate.empty());
    CHECK(solution.logits.empty());
    CHECK_FALSE(solution.within_class_spread.empty());
}

TEST_CASE("library: bad input says what, where and what would be right") {
    const auto decay = refusal([] { theory({.counts = {3, 4}, .lambda_w = "-1", .lambda_h = "1"}); });
    CHECK(decay.where == "lambda_w");
    CHECK(decay.problem == "'-1' is not positive");
    CHECK(decay.expected.find("1e-4 or 1/3000") != std::string::npos);
    CHECK(std::string(decay.what()) == "lambda_w: '-1' is not positive; expected " + decay.expected);
    CHECK(refusal([] { theory(small, {.digits = 0}); }).where == "digits");
    CHECK(refusal([] { solve(small, {.digits = 100'001}); }).where == "digits");
    CHECK(refusal([] { solve(small, {.starts = -1}); }).where == "starts");
    CHECK(refusal([] { solve({.counts = {3}, .lambda_w = "1", .lambda_h = "1"}); }).where == "counts");
    CHECK(refusal([] { certify("{}", {.where = "here"}); }).where == "here");
}

TEST_CASE("library: a network in memory is measured as one in files") {
    // Two samples of each of two classes; each class has a coordinate of its own.
    const std::vector<double> features = {2, 0, 2, 0, 0, 3, 0, 3}, classifier = {1, -1, -1, 1};
    const std::vector<std::int64_t> labels = {0, 0, 1, 1};
    const NetworkArrays arrays{.features = {features.data(), 4, 2},
                               .labels = labels.data(),
                               .classifier = {classifier.data(), 2, 2}};
    const Measurement measured = measure(arrays, {.lambda_w = "1e-2", .lambda_h = "1e-2"});
    CHECK(measured.configuration.counts == std::vector<long long>{2, 2});
    CHECK(measured.nc1 == 0);
    REQUIRE(measured.classes.size() == 2);
    CHECK(measured.classes[1].correct == 2);
    CHECK(measured.classes[1].feature_norm_squared == 9);
    CHECK(measured.classes[0].logit_own == 2);
    CHECK(measured.classes[0].logit_other == -2);
    CHECK(measured.classes[0].cross_entropy == Approx(std::log1p(std::exp(-4))));
    REQUIRE(measured.theory);
    CHECK(measured.theory->groups.size() == 1);
    REQUIRE(measured.gap);
    CHECK(measured.gap->terms.within_class == "0");
    CHECK(std::stod(measured.gap->terms.sum) ==
          Approx(std::stod(measured.gap->loss) - std::stod(measured.gap->lower_bound)));
    CHECK(measured.json.find("\"in memory\"") != std::string::npos);
    CHECK_FALSE(measure(arrays).gap);
    REQUIRE(measured.usual.size() == 10);
    CHECK(measured.usual[0].name == "sw_inv_sb");
    CHECK(measured.usual[0].value == 0);
    CHECK(measured.usual[3].target.value() == Approx(0).margin(1e-15));  // cos_m, of balanced classes
    REQUIRE_FALSE(measured.findings.empty());
    CHECK(measured.dead_classes.empty());
    const std::vector<double> bias = {0, 1};
    NetworkArrays biased = arrays;
    biased.bias = bias.data();
    const Measurement with_bias = measure(biased, {.lambda_w = "1e-2", .lambda_h = "1e-2"});
    CHECK_FALSE(with_bias.gap);
    CHECK(with_bias.classes[0].cross_entropy == Approx(std::log1p(std::exp(-3))));
    CHECK_FALSE(measure(arrays, {.lambda_w = "1e-2", .lambda_h = "1e-2", .counts = {20, 30}}).gap);
}

TEST_CASE("library: arrays that do not fit each other are refused by their names") {
    const std::vector<double> numbers = {1, 2, 3, std::nan(""), 5, 6};
    const std::vector<std::int64_t> labels = {0, 1, 2};
    const NetworkArrays two{
        .features = {numbers.data(), 2, 2}, .labels = labels.data(), .classifier = {numbers.data(), 1, 2}};
    CHECK(refusal([&] { measure(two); }).where == "classifier");
    NetworkArrays nan{.features = {numbers.data() + 2, 2, 2},
                      .labels = labels.data(),
                      .classifier = {numbers.data() + 4, 2, 1}};
    CHECK(refusal([&] { measure(nan); }).where == "classifier");
    nan.classifier = {numbers.data(), 2, 2};
    CHECK(refusal([&] { measure(nan); }).where == "classifier");  // its last entry is no number
    const std::vector<double> finite = {1, 0, 0, 1};
    nan.classifier = {finite.data(), 2, 2};
    CHECK(refusal([&] { measure(nan); }).where == "features");
    nan.features = {finite.data(), 2, 2};
    nan.labels = labels.data() + 1;
    CHECK(refusal([&] { measure(nan); }).where == "labels");
    nan.features.values = nullptr;
    CHECK(refusal([&] { measure(nan); }).where == "features");
    CHECK(refusal([&] { measure(two, {.lambda_w = "0"}); }).where == "lambda_w");
    CHECK(refusal([&] { measure(two, {.jobs = -1}); }).where == "jobs");
    CHECK(refusal([&] {
              measure({.features = "absent.npy", .labels = "", .classifier = ""});
          }).where.find("absent") != std::string::npos);
}
