#include "certificates/check.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "certificates/printed_json.hpp"
#include "files/json.hpp"
#include "problem/errors.hpp"
#include "problem/objective.hpp"
#include "problem/random.hpp"
#include "properties/certified.hpp"

using namespace ncverify;
using namespace ncverify::certificates;

namespace {

Certificate sound() {
    solvers::SolveOptions options;
    options.digits = 30;
    return properties::solve_and_certify(make_configuration({3, 5, 9, 1}, "1e-2", "1e-2", 5), options)
        .certificate;
}

// Slopes anywhere in the feasible set, its boundary included.
std::vector<Rational> feasible_slopes(const Configuration& configuration, Random& random) {
    std::vector<Rational> slopes;
    for (long k = 0; k < configuration.classes(); ++k) {
        const double limit = std::sqrt(from_rational<double>(
            configuration.c_squared() / configuration.counts[static_cast<std::size_t>(k)]));
        const double share = random.next() % 4 == 0 ? 0.0 : random.uniform();
        slopes.emplace_back(static_cast<long long>(std::min(limit, 1.0) * share * 0x1p50), 1LL << 51);
    }
    return slopes;
}

}  // namespace

TEST_CASE("no feasible point is below the dual value of feasible slopes") {
    const PrecisionScope scope(40);
    rc::prop("random configurations, points and slopes", [] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        std::vector<long long> counts;
        for (std::uint64_t k = 2 + random.next() % 5; k > 0; --k) {
            counts.push_back(1 + static_cast<long long>(random.next() % 100));
        }
        const Configuration configuration = make_configuration(
            counts, "1/" + std::to_string(1 + random.next() % 10000),
            "1/" + std::to_string(1 + random.next() % 10000), 1 + static_cast<long long>(random.next() % 8));
        const auto slopes = feasible_slopes(configuration, random);
        RC_ASSERT(infeasible_slope(configuration, slopes).empty());
        Matrix<Enclosure> w(configuration.classes(), configuration.dimension),
            h(configuration.dimension, configuration.classes());
        const double spread = std::exp(6 * random.uniform() - 3);
        for (Eigen::Index i = 0; i < w.size(); ++i) {
            w.data()[i] = Enclosure(spread * (2 * random.uniform() - 1));
            h.data()[i] = Enclosure(random.uniform());
        }
        const Enclosure loss =
            objective(configuration, feature_columns(configuration, Formulation::class_means), w, h);
        RC_ASSERT(!certainly_less(loss, dual_value(configuration, slopes)));
    });
}

TEST_CASE("no feasible slopes are better than the best ones") {
    const PrecisionScope scope(60);
    rc::prop("random configurations and slopes", [] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        std::vector<long long> counts;
        for (std::uint64_t k = 2 + random.next() % 5; k > 0; --k) {
            counts.push_back(1 + static_cast<long long>(random.next() % 100));
        }
        const Configuration configuration =
            make_configuration(counts, "1/" + std::to_string(1 + random.next() % 1000),
                               "1/" + std::to_string(1 + random.next() % 1000));
        const auto best = best_slopes(configuration, 50), others = feasible_slopes(configuration, random);
        RC_ASSERT(infeasible_slope(configuration, best).empty());
        RC_ASSERT(certainly_less(dual_value(configuration, others),
                                 dual_value(configuration, best) + Enclosure(1e-47)));
        // Above the threshold at the limit, to the last of its 50 digits; below it at the summit.
        for (std::size_t k = 0; k < best.size(); ++k) {
            const bool above = configuration.counts[k] >= configuration.threshold();
            auto higher = best;
            higher[k] += parse_rational(above ? "2e-50" : "1e-20", "test");
            RC_ASSERT(infeasible_slope(configuration, higher).empty() != above);
            RC_ASSERT(above ||
                      certainly_less(dual_value(configuration, higher), dual_value(configuration, best)));
        }
    });
}

TEST_CASE("a certificate survives its own file, and is proven from it") {
    const Certificate certificate = sound();
    const Certificate read = parse_certificate(to_text(certificate), "test");
    CHECK(to_text(read) == to_text(certificate));
    const CheckResult result = check(read);
    CHECK(result.proven);
    CHECK(result.reason.empty());
}

TEST_CASE("what is read as a certificate is written as one, however little it proves") {
    Certificate certificate = sound();
    certificate.slopes.front() = parse_rational("-1/4", "test");
    certificate.slopes.back() = parse_rational("1e-300", "test");
    const Certificate read = parse_certificate(to_text(certificate), "test");
    CHECK(read.slopes == certificate.slopes);
    CHECK_FALSE(check(read).proven);
}

TEST_CASE("a certificate that claims too much is refused") {
    const Certificate good = sound();
    REQUIRE(check(good).proven);
    const auto refused = [](const Certificate& certificate, const char* why) {
        const CheckResult result = check(certificate);
        CHECK_FALSE(result.proven);
        CHECK(result.reason.find(why) != std::string::npos);
    };
    SECTION("an upper bound below the loss") {
        Certificate bad = good;
        bad.upper_bound = "0.001";
        refused(bad, "exceeds the claimed upper bound");
    }
    SECTION("a lower bound above the dual value") {
        Certificate bad = good;
        bad.lower_bound = "100";
        refused(bad, "below the claimed lower bound");
    }
    SECTION("more digits than the gap closes") {
        Certificate bad = good;
        bad.digits = 100;
        refused(bad, "gap exceeds");
    }
    SECTION("a negative feature, however small") {
        Certificate bad = good;
        bad.features[0][0] = "-1e-300";
        refused(bad, "negative");
    }
    SECTION("a slope above its limit by one unit in the last place") {
        Certificate bad = good;
        const Configuration& configuration = bad.configuration;
        const PrecisionScope scope(200);
        const Multiprecision limit =
            sqrt(from_rational<Multiprecision>(configuration.c_squared() / configuration.counts[2]));
        bad.slopes[2] = exact_rational(limit) + parse_rational("1e-150", "test");
        refused(bad, "slope");
    }
    SECTION("a slope of one, and a negative one") {
        Certificate bad = good;
        bad.slopes[0] = 1;
        refused(bad, "slope");
        bad.slopes[0] = Rational(-1, 1000000);
        refused(bad, "slope");
    }
    SECTION("a point that is not the minimum") {
        Certificate bad = good;
        bad.classifier[1][1] = "0.5";
        refused(bad, "exceeds the claimed upper bound");
        bad.upper_bound = "10";
        refused(bad, "gap exceeds");
    }
    SECTION("another configuration") {
        Certificate bad = good;
        bad.configuration = make_configuration({3, 5, 9, 2}, "1e-2", "1e-2", 5);
        CHECK_FALSE(check(bad).proven);
    }
}

TEST_CASE("one changed digit of W, H or a bound is noticed or harmless, never believed beyond its truth") {
    const Certificate good = sound();
    const Json document = Json::parse(to_text(good));
    rc::prop("any entry", [&] {
        Certificate bad = good;
        auto& rows = *rc::gen::element(0, 1) == 0 ? bad.classifier : bad.features;
        auto& row = rows[*rc::gen::inRange<std::size_t>(0, rows.size())];
        Text& entry = row[*rc::gen::inRange<std::size_t>(0, row.size())];
        std::string text = entry;
        // The second significant digit: far more than the certificate's gap allows.
        const std::size_t place = text.find('.') == std::string::npos ? text.size() : text.find('.') + 1;
        if (place >= text.size()) {
            text = "0.25";
        } else {
            text[place] = text[place] == '9' ? '0' : static_cast<char>(text[place] + 1);
        }
        entry = text;
        RC_ASSERT(!check(bad).proven);
    });
}

TEST_CASE("damaged files are refused with one line, or still prove the same thing") {
    const std::string text = to_text(sound());
    rc::prop("cut short", [&] {
        const std::size_t length = *rc::gen::inRange<std::size_t>(0, text.size() - 2);
        RC_ASSERT_THROWS_AS(parse_certificate(text.substr(0, length), "test"), InputError);
    });
    rc::prop("one byte flipped", [&] {
        std::string flipped = text;
        const std::size_t place = *rc::gen::inRange<std::size_t>(0, text.size());
        flipped[place] = static_cast<char>(flipped[place] ^ (1 << *rc::gen::inRange(0, 8)));
        try {
            const Certificate certificate = parse_certificate(flipped, "test");
            if (check(certificate).proven) {
                // Harmless: white space, or a last digit within the gap.
                // The loss that it proves is still this one.
                const PrecisionScope scope(60);
                const Bounds bounds = evaluate_bounds(certificate);
                RC_ASSERT(!certainly_less(bounds.upper, bounds.lower));
            }
        } catch (const InputError& error) {
            RC_ASSERT(std::string(error.what()).find('\n') == std::string::npos);
        }
    });
}

TEST_CASE("a certificate of the samples form is read, checked and refused like the other") {
    solvers::SolveOptions options;
    options.digits = 30;
    options.formulation = Formulation::samples;
    const Certificate good =
        properties::solve_and_certify(make_configuration({3, 5, 1}, "1e-2", "1e-2", 4), options).certificate;
    REQUIRE(good.features.size() == 9);
    REQUIRE(check(good).proven);
    const Json document = Json::parse(to_text(good));
    CHECK(to_text(parse_certificate(to_text(good), "test")) == to_text(good));
    const auto refused = [&](auto change) {
        Json bad = document;
        change(bad);
        CHECK_THROWS_AS(parse_certificate(bad.dump(), "test"), InputError);
    };
    refused([](Json& bad) { bad["formulation"] = "sample"; });
    refused([](Json& bad) { bad["formulation"] = 1; });
    refused([](Json& bad) { bad["formulation"] = "class-means"; });  // nine rows for three classes
    refused([](Json& bad) { bad.erase("formulation"); });
    refused([](Json& bad) { bad["features"].erase(0); });
    refused([](Json& bad) { bad["features"].push_back(bad["features"][0]); });
    refused([](Json& bad) { bad["features"][8].erase(0); });
    SECTION("any one feature changed") {
        for (auto row = good.features.begin(); row != good.features.end(); ++row) {
            Certificate bad = good;
            bad.features[static_cast<std::size_t>(row - good.features.begin())][1] = "0.0625";
            CHECK_FALSE(check(bad).proven);
        }
    }
    SECTION("samples in the order of other classes") {
        Certificate bad = good;
        std::swap(bad.features.front(), bad.features.back());
        CHECK_FALSE(check(bad).proven);
    }
    SECTION("a negative feature") {
        Certificate bad = good;
        bad.features[7][2] = "-1e-300";
        CHECK(check(bad).reason.find("of sample 8 is negative") != std::string::npos);
    }
    SECTION("a class-means certificate is the samples form's too, when its rows are repeated") {
        options.formulation = Formulation::class_means;
        Certificate means = properties::solve_and_certify(good.configuration, options).certificate;
        const auto rows = means.features;
        means.formulation = Formulation::samples;
        means.features = {rows[0], rows[0], rows[0], rows[1], rows[1], rows[1], rows[1], rows[1], rows[2]};
        CHECK(check(means).proven);
    }
}

TEST_CASE("the dual value at zero slopes is zero") {
    const PrecisionScope scope(30);
    const Configuration configuration = make_configuration({1, 2}, "1", "1");
    CHECK(contains_zero(dual_value(configuration, {0, 0})));
}

TEST_CASE("bounds that exclude each other are a contradiction and never a proof, whatever is claimed") {
    const PrecisionScope scope(60);
    Certificate certificate = sound();
    Bounds bounds = evaluate_bounds(certificate);
    REQUIRE(decide(certificate, bounds).verdict == Verdict::proven);
    // As a checker with an error in the dual value would have it: the gap is negative, so below any limit.
    bounds.lower = bounds.upper + Enclosure(1e-9);
    bounds.relative_gap = (bounds.upper - bounds.lower) / bounds.lower;
    CHECK(contradictory(bounds));
    for (const char* claimed : {"0", "1e-3"}) {
        certificate.lower_bound = claimed;
        certificate.upper_bound = "100";
        const Decision decision = decide(certificate, bounds);
        CHECK(decision.verdict == Verdict::contradiction);
        CHECK(decision.reason.find("exclude each other, one of them is unsound") != std::string::npos);
    }
    // Touching enclosures exclude nothing.
    bounds.lower = bounds.upper;
    CHECK_FALSE(contradictory(bounds));
    Certification printed;
    printed.configuration = {.counts = {3, 5}, .lambda_w = "1", .lambda_h = "1", .dim = 2};
    printed.contradiction = true;
    CHECK(to_json(printed).at("contradiction").get<bool>());
    CHECK_FALSE(to_json(printed).at("proven").get<bool>());
}

TEST_CASE("slopes of zero, and logits beyond any precision, are decided without many digits") {
    Certificate certificate = sound();
    certificate.digits = 100'000;
    certificate.upper_bound = "1e1000000";
    certificate.lower_bound = "0";
    const auto refused_at = [&certificate] {
        const CheckResult result = check(certificate);
        CHECK_FALSE(result.proven);
        return result.digits;
    };
    CHECK(refused_at() < 1000);
    certificate.classifier.assign(4, std::vector<Text>(5, "1e400000"));
    certificate.features = certificate.classifier;
    CHECK(refused_at() < 1000);
    certificate = sound();
    certificate.digits = 100'000;
    certificate.lower_bound = "0";
    certificate.slopes.assign(4, 0);
    CHECK(refused_at() < 1000);
    CHECK(check(certificate).reason.find("no relative gap") != std::string::npos);
}

TEST_CASE("what falls short of a demand is named") {
    const Certificate certificate = sound();
    const auto shortfall_of = [&](const Configuration& configuration, long digits) {
        return shortfall(certificate, {.configuration = configuration, .digits = digits});
    };
    CHECK(shortfall(certificate, {}).empty());
    CHECK(shortfall_of(make_configuration({3, 5, 9, 1}, "0.01", "1/100", 5), 30).empty());
    CHECK(shortfall_of(certificate.configuration, 31) == "not what was demanded: digits 30 in place of 31");
    CHECK(shortfall_of(make_configuration({3, 5, 1, 9}, "1e-2", "2e-2"), 1) ==
          "not what was demanded: counts 3,5,9,1 in place of 3,5,1,9, lambda_h 1e-2 in place of 2e-2, "
          "dim 5 in place of 4");
    const Certification refused =
        certify(certificate, Detail::summary, {.configuration = std::nullopt, .digits = 31});
    CHECK_FALSE(refused.proven);
    CHECK_FALSE(refused.reason.empty());
    CHECK(refused.lower_bound.empty());
}

TEST_CASE("bounds are printed outwards") {
    const PrecisionScope scope(30);
    const Enclosure third = Enclosure(1) / Enclosure(3);
    CHECK(outward(third, 5, true) == "3.3334e-1");
    CHECK(outward(third, 5, false) == "3.3333e-1");
    CHECK(outward(-third, 5, true) == "-3.3333e-1");
    CHECK(outward(Enclosure(0), 5, true) == "0");
    CHECK(outward_nonnegative(third, 5) == "3.3333e-1");
    CHECK(outward_nonnegative(third - Enclosure(1) / Enclosure(3), 5) == "0");
}
