// The screen: nothing wrong is seen where nothing is wrong, and every wrong formula is.
#include "screen/screen.hpp"

#include <algorithm>

#include "properties/case.hpp"
#include "screen/rejudge.hpp"
#include "tests/precompiled.hpp"
#include "theory/closed_form.hpp"

using namespace ncverify;
using namespace ncverify::screen;

namespace {

const std::atomic<bool> never{false};

ScreenOptions options_for(long random, std::vector<ScreenClaim> claims) {
    ScreenOptions options;
    options.random = random;
    options.seed = 5;
    options.jobs = 2;
    options.claims = std::move(claims);
    return options;
}

template <typename S = float>
ScreenResult screened(const ScreenOptions& options) {
    return run_screen<S>(options, never, [](long) {});
}

double as_double(const Enclosure& enclosure) {
    return std::stod(enclosure.text(20));
}

}  // namespace

TEST_CASE("The double closed form agrees with the theory's enclosures") {
    const bool weighted = GENERATE(false, true);
    DoubleForm form;
    for (std::uint64_t number = 0; number < 300; ++number) {
        const Sample sample = random_sample(3, number, random_shape(3, number), weighted);
        form.set(sample);
        const PrecisionScope scope(30);
        const Configuration configuration = configuration_of(sample);
        const theory::ClosedForm exact = theory::closed_form(configuration);
        INFO(configuration.command_line());
        CHECK(configuration.weighted() == weighted);
        CHECK(form.loss == Approx(as_double(exact.minimum_loss)).epsilon(1e-12));
        for (std::size_t k = 0; k < form.count.size(); ++k) {
            CHECK(form.collapsed(k) == exact.classes[k].collapsed);
            CHECK(form.margin[k] == Approx(as_double(exact.classes[k].margin)).epsilon(1e-10).margin(1e-10));
            CHECK(form.classifier_inner(k, k) == Approx(as_double(exact.classes[k].classifier_norm_squared))
                                                     .epsilon(1e-10)
                                                     .margin(1e-10 * form.relation));
        }
    }
}

TEST_CASE("The screen does not depend on the number of threads") {
    ScreenOptions options = options_for(20000, screen_claims());
    const ScreenResult two = screened(options);
    options.jobs = 1;
    const ScreenResult one = screened(options);
    CHECK(one.configurations == 20000);
    CHECK(one.evaluations == two.evaluations);
    CHECK(one.suspects.size() == two.suspects.size());
    for (std::size_t j = 0; j < one.claims.size(); ++j) {
        CHECK(one.claims[j].errors.largest() == two.claims[j].errors.largest());
        CHECK(one.claims[j].errors.quantile(0.5) == two.claims[j].errors.quantile(0.5));
    }
}

TEST_CASE("Every injected misreading is noticed and confirmed") {
    const bool weighted = GENERATE(false, true);
    for (const ScreenClaim& misreading : screen_misreadings(weighted)) {
        INFO(misreading.id);
        ScreenOptions options = options_for(400, {misreading});
        options.weighted = weighted;
        ScreenResult result = screened(options);
        CHECK(result.claims[0].suspects > 0);
        std::erase_if(result.suspects, [](const Suspect& suspect) { return suspect.claims.empty(); });
        REQUIRE(!result.suspects.empty());
        result.suspects.resize(std::min<std::size_t>(result.suspects.size(), 3));
        const auto rulings = rejudge(result.suspects, options, 20, never);
        CHECK(std::any_of(rulings.begin(), rulings.end(),
                          [](const Ruling& ruling) { return ruling.reason == Reason::confirmed; }));
    }
}

TEST_CASE("Suspects are judged again and none is left unexplained") {
    const bool weighted = GENERATE(false, true);
    ScreenOptions options = options_for(weighted ? 10000 : 40000, screen_claims(weighted));
    options.weighted = weighted;
    const ScreenResult result = screened(options);
    CHECK(result.configurations == options.random);
    CHECK(result.local_minima < options.random / 1000);
    for (const ClaimTally& claim : result.claims) {
        CHECK(claim.errors.count() > options.random / 100);
    }
    for (const Ruling& ruling : rejudge(result.suspects, options, 30, never)) {
        INFO(ruling.configuration.command_line() << ": " << to_string(ruling.reason));
        CHECK(ruling.certified);
        CHECK(ruling.reason != Reason::confirmed);
        CHECK(ruling.reason != Reason::unexplained);
    }
}

TEST_CASE("A suspect that is none is cleared, and one below the minimum is not explained away") {
    const ScreenOptions options = options_for(1, screen_claims());
    Suspect suspect;
    suspect.shape = {4, 4};
    suspect.claims = {0, 1, 2};
    suspect.worst_curvature = 1;
    CHECK(rejudge({suspect}, options, 20, never).at(0).reason == Reason::unexplained);
    suspect.worst_curvature = 1e-6;
    CHECK(rejudge({suspect}, options, 20, never).at(0).reason == Reason::ill_conditioned);
    suspect.summary.dead = 5;
    CHECK(rejudge({suspect}, options, 20, never).at(0).reason == Reason::local_minimum);
    CHECK(classes_of(5) == std::vector<long>{1, 3});
}

TEST_CASE("A suspect is not explained where a claim stays undecided, or its check fails") {
    const ScreenOptions options = options_for(1, screen_claims());
    Suspect suspect;
    suspect.shape = {4, 4};
    suspect.claims = {0};
    suspect.worst_curvature = 1e-6;
    suspect.summary.dead = GENERATE(0U, 5U);
    trial::Paper paper = properties::paper();
    CHECK(rejudge({suspect}, options, 20, never, {}, paper).at(0).reason != Reason::unexplained);
    const bool fails = GENERATE(false, true);
    for (trial::Claim& claim : paper.claims) {
        if (claim.id == options.claims[0].id) {
            claim.check = [fails](const properties::Case& subject) {
                if (!subject.certified() || fails) {
                    throw std::runtime_error("no");
                }
                trial::Observation seen;
                seen.outcome = trial::Outcome::inconclusive;
                return seen;
            };
        }
    }
    const Ruling ruling = rejudge({suspect}, options, 20, never, {}, paper).at(0);
    CHECK(ruling.certified);
    CHECK(ruling.undecided == std::vector<std::size_t>{0});
    CHECK(ruling.reason == Reason::unexplained);
}

TEST_CASE("Double precision narrows the errors") {
    const ScreenOptions options = options_for(500, screen_claims());
    const ScreenResult single = screened(options), twice = screened<double>(options);
    for (std::size_t j = 1; j < options.claims.size(); ++j) {
        INFO(options.claims[j].id);
        CHECK(twice.claims[j].suspects == 0);
        CHECK(twice.claims[j].errors.quantile(0.5) <= 1e-3 * single.claims[j].errors.quantile(0.5));
    }
}
