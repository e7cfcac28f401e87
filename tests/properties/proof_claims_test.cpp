// The proof's claims have teeth: each is refuted where its formula,
// or what it is held against, is a little wrong.
#include <catch2/catch.hpp>

#include "properties/input_classes.hpp"
#include "properties/paper.hpp"
#include "properties/proof_terms.hpp"
#include "properties/registry.hpp"
#include "trial/comparison.hpp"
#include "trial/trial.hpp"
#include "worlds.hpp"

using namespace ncverify;
using namespace ncverify::properties;
using trial::Verdict;

namespace {

const std::atomic<bool> never{false};

Verdict verdict(const std::function<Observation(const Case&)>& check) {
    const Claim claim{
        .id = "test.variant",
        .source = "nowhere",
        .statement = "a variant",
        .domain = "everywhere",
        .check = check,
        .demands = {{of_configurations("any", [](const Configuration&) { return true; }), 0.5}}};
    trial::TrialOptions options;
    options.claims = {claim};
    options.random = 40;
    options.jobs = 1;
    options.digits = 20;
    return trial::run_trial(paper(), options, never, [](long, long) {}).claims[0].verdict;
}

// A formula of the proof at points of points.hpp; with `wrong`, one sign or one factor of it changed.
struct Variant {
    const char* name;
    void (*compare)(const Case&, const ProofTerms&, Random&, bool wrong, Comparison&);
};

FeasiblePoint aligned(const Case& subject, Random& random) {
    const Configuration& configuration = subject.configuration();
    return aligned_point(configuration, feature_columns(configuration, Formulation::class_means), random);
}

const Variant variants[] = {
    {"(24), K for K-1",
     [](const Case&, const ProofTerms& terms, Random& random, bool wrong, Comparison& comparison) {
         const Enclosure gap = random_sign(random) * log_uniform(random, -3, 1);  // all other logits less own
         const Enclosure left = terms.others * exp(gap);
         comparison.at_most("(24)", (wrong ? terms.classes : terms.others) * exp(gap), left, left);
     }},
    {"(27), K for K-1 in c_{2,k}",
     [](const Case&, const ProofTerms& terms, Random& random, bool wrong, Comparison& comparison) {
         const Enclosure x = random_sign(random) * log_uniform(random, -3, 0), one(1);
         const Enclosure t = exp(-x) / terms.others, extra = log(terms.classes / terms.others) / (one + t);
         const Enclosure right = x / (one + t) + second_constant(terms, t) + (wrong ? extra : Enclosure(0));
         comparison.at_most("(27)", right, log_term(terms, x), one);
     }},
    {"(30), c_3/4 for c_3/2",
     [](const Case& subject, const ProofTerms& terms, Random& random, bool wrong, Comparison& comparison) {
         const FeasiblePoint point = aligned(subject, random);
         const Matrix<Enclosure> hats = hat_features(terms, point.features);
         const Enclosure c3 = log_uniform(random, -2, 2);
         const Enclosure squares = squared_norm(hats) / c3;  // of w_m = -hat h_m / c_3: c_3 ||W||^2 too
         comparison.at_most("(30)", -squares * Enclosure(wrong ? 0.75 : 1.0), -squares, squares);
     }},
    {"(32), sign flipped",
     [](const Case& subject, const ProofTerms& terms, Random& random, bool wrong, Comparison& comparison) {
         const FeasiblePoint point = aligned(subject, random);
         const Enclosure first = terms.classes * terms.classes * weighted_features(terms, point.features);
         const Enclosure second = terms.classes * squared_norm(feature_sum(terms, point.features));
         comparison.equal("(32)", squared_norm(hat_features(terms, point.features)),
                          wrong ? first + second : first - second, first);
     }},
    {"(34), (K-1)^2 for K(K-1)",
     [](const Case& subject, const ProofTerms& terms, Random& random, bool wrong, Comparison& comparison) {
         const FeasiblePoint point = aligned(subject, random);
         const Enclosure features = weighted_features(terms, point.features);
         comparison.at_most("(34)", squared_norm(hat_features(terms, point.features)),
                            (wrong ? terms.others : terms.classes) * terms.others * features,
                            terms.classes * terms.classes * features);
     }},
    {"(38), sign of c_1 flipped",
     [](const Case& subject, const ProofTerms& terms, Random& random, bool wrong, Comparison& comparison) {
         const auto columns = feature_columns(subject.configuration(), Formulation::class_means);
         for (const FeasiblePoint& point : subject.critical_points()) {
             const Enclosure c1 = terms.least_root * fraction(random);
             const Enclosure first =
                 c1 / terms.samples * terms.growth * weighted_features(terms, point.features);
             const Enclosure loss = mean_loss(terms, exponents(terms, columns, point)),
                             constant = second_constants(terms, c1);
             comparison.at_most("(38)", wrong ? constant + first : constant - first, loss, loss + first);
         }
     }},
    {"(42), K for K-1",
     [](const Case& subject, const ProofTerms& terms, Random& random, bool wrong, Comparison& comparison) {
         for (std::size_t k = 0; k < terms.counts.size(); ++k) {
             const Enclosure best = best_norm(subject.configuration(), terms, k);
             const Enclosure extra = log(terms.classes / terms.others) / (terms.growth * terms.roots[k]);
             const Enclosure x = log_uniform(random, -3, 3) / (terms.growth * terms.roots[k]);
             const Enclosure other = wrong ? best + extra : best;
             const Enclosure least = class_bound(terms, k, other);
             comparison.at_most("g(x*)", least, class_bound(terms, k, best), least);
             comparison.at_most("g(x*)", least, class_bound(terms, k, x), least);
         }
     }},
    {"(43), lambda_W/lambda_H",
     [](const Case& subject, const ProofTerms& terms, Random&, bool wrong, Comparison& comparison) {
         for (const FeasiblePoint& point : subject.critical_points()) {
             const Enclosure features = weighted_features(terms, point.features);
             const Enclosure ratio =
                 wrong ? terms.lambda_w / terms.lambda_h : terms.lambda_h / terms.lambda_w;
             const Enclosure norm = squared_norm(point.classifier);
             comparison.close("(43)", norm, ratio * features, scale_or_one(norm), Enclosure(0));
         }
     }},
};

}  // namespace

TEST_CASE("a formula of the proof holds, and is refuted with one sign or factor changed") {
    for (const Variant& variant : variants) {
        INFO(variant.name);
        for (const bool wrong : {false, true}) {
            const Verdict found = verdict([&](const Case& subject) {
                Comparison comparison(subject);
                Random random = subject.random(0);
                variant.compare(subject, proof_terms(subject.configuration()), random, wrong, comparison);
                return comparison.observation();
            });
            CHECK(found == (wrong ? Verdict::refuted : Verdict::verified));
        }
    }
}

// The registered claims themselves, against testimony that is wrong in its twenty-fifth digit.
TEST_CASE("claims of Section 7.1 at global minimisers refute what is off by 10^-25") {
    const CaseKey key{make_configuration({3, 5, 9, 9, 20}, "1e-3", "1e-3", 6), 1, 30};
    const PrecisionScope scope(comparison_digits(key, 0) + 40);
    const Case sound(key);
    REQUIRE(sound.certified());
    const Enclosure off = Enclosure(1) + Enclosure(0x1p-83);
    const Defect defects[] = {
        {"proof.eq37",
         [](Testimony& t, const Enclosure& x) { t.closed_form->classes[1].classifier_norm_squared *= x; }},
        {"remark.duals.corrected",
         [](Testimony& t, const Enclosure& x) { t.bounds->classes[2].logit_own *= x; }},
        {"remark.duals.corrected",
         [](Testimony& t, const Enclosure& x) { t.closed_form->classes[3].margin *= x; }},
        {"remark.gradient.corrected",
         [](Testimony& t, const Enclosure& x) { t.bounds->classes[4].margin *= x; }},
        {"lemma2.minimum",
         [](Testimony& t, const Enclosure& x) { t.bounds->classes[1].feature_norm_squared *= x; }},
        {"lemma2.minimum.corrected",
         [](Testimony& t, const Enclosure& x) { t.bounds->classes[0].feature_norm_squared *= x; }},
        {"proof.eq49", [](Testimony& t, const Enclosure& x) { t.bounds->classes[0].logit_other *= x; }},
        {"proof.eq50", [](Testimony& t, const Enclosure& x) { t.bounds->classes[3].logit_own *= x; }},
    };
    check_refuted(sound, defects, off);
    const Case spoilt =
        with_testimony(sound, [](Testimony& t) { t.bounds->classifier_defect = Enclosure(1); });
    CHECK(select_claims("proof.eq48").at(0).check(spoilt).outcome != Outcome::passed);
}

TEST_CASE("claims about critical points stay undecided at a point that is none") {
    const CaseKey key{make_configuration({3, 5, 9}, "1e-3", "1e-3"), 1, 30};
    const PrecisionScope scope(comparison_digits(key, 0) + 40);
    const Case sound(key);
    CHECK(select_claims("lemma1").at(0).check(sound).outcome == Outcome::passed);
    sound.critical_points();
    const Case spoilt = with_testimony(sound, [](Testimony& t) {
        for (FeasiblePoint& point : *t.critical_points) {
            for (Eigen::Index i = 0; i < point.classifier.size(); ++i) {
                point.classifier.data()[i] *= Enclosure(1) + Enclosure(0x1p-60);
            }
        }
    });
    CHECK(select_claims("lemma1").at(0).check(spoilt).outcome == Outcome::inconclusive);
}
