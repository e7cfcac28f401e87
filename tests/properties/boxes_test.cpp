#include <catch2/catch.hpp>

#include "problem/errors.hpp"
#include "properties/boxes/proofs.hpp"
#include "theory/closed_form.hpp"

using namespace ncverify;
using namespace ncverify::properties;

namespace {

// Boxes that a false statement may be looked at on: enough to see that more do not make it true.
constexpr long few_boxes = 4000;

BoxStatement one_part(const std::string& words, Box box, std::function<Decision(const Box&)> decide) {
    std::vector<std::string> names(box.size(), "x");
    return {"test.made-up", words, "", {{words, std::move(names), std::move(box), std::move(decide)}}};
}

BoxStatement reversed(BoxStatement statement) {
    for (BoxPart& part : statement.parts) {
        part.decide = [decide = part.decide](const Box& box) {
            const Decision decision = decide(box);
            return decision == Decision::holds   ? Decision::fails
                   : decision == Decision::fails ? Decision::holds
                                                 : Decision::unknown;
        };
    }
    return statement;
}

std::vector<BoxVerdict> verdicts(const std::string& claim) {
    std::vector<BoxVerdict> found;
    for (const BoxProof& proof : box_proofs(claim)) {
        found.push_back(proof.verdict);
    }
    return found;
}

}  // namespace

TEST_CASE("each statement about boxes is decided, as the paper's claims turn out") {
    using V = BoxVerdict;
    CHECK(verdicts("eq6.sign") == std::vector{V::proved});
    CHECK(verdicts("cor2.monotone") == std::vector{V::proved, V::proved});
    CHECK(verdicts("cor3.order") == std::vector{V::proved, V::proved});
    CHECK(verdicts("text41.norm.increasing") == std::vector{V::proved, V::proved});
    CHECK(verdicts("text41.norm.decreasing") == std::vector{V::refuted, V::proved});
    CHECK(verdicts("text41.feature.monotone") == std::vector{V::proved});
    CHECK(verdicts("text41.cosine.decreasing") == std::vector{V::proved, V::refuted});
    for (const BoxProof& proof : box_proofs("")) {
        CHECK(proof.boxes < 10000);
        for (const PartProof& part : proof.parts) {
            INFO(part.domain);
            CHECK(part.everywhere == (part.verdict == BoxVerdict::refuted));
        }
    }
}

TEST_CASE("no statement is proved together with its negation") {
    for (const BoxStatement& statement : box_statements()) {
        INFO(statement.claim << ": " << statement.statement);
        const BoxVerdict straight = prove(statement, few_boxes).verdict;
        const BoxVerdict turned = prove(reversed(statement), few_boxes).verdict;
        CHECK((straight == BoxVerdict::proved) == (turned == BoxVerdict::refuted));
        CHECK((straight == BoxVerdict::refuted) == (turned == BoxVerdict::proved));
    }
}

TEST_CASE("what is false somewhere in a box is never proved") {
    const auto slope = [](long K, long factor) {  // of s log(factor (s-1)), on the s from K/(K-1) on
        return one_part("s in [K/(K-1), 100]", {interval(Rational(K, K - 1), 100)}, [factor](const Box& box) {
            const Enclosure s = box[0].hull(), less = s - Enclosure(1);
            return positive(log(Enclosure(factor) * less) + s / less - Enclosure(5));
        });
    };
    // log t + 1 + (K-1)/t > 5 fails around t = K-1 = 3 and holds at both ends.
    CHECK(prove(slope(4, 3), few_boxes).verdict == BoxVerdict::refuted);
    // True but for one point, and touching zero there: it stays open, and the smallest open box says where.
    const BoxProof touching = prove(one_part("x in [-1, 1]", {interval(-1, 1)},
                                             [](const Box& box) {
                                                 const Enclosure x =
                                                     box[0].hull() - from_rational<Enclosure>(Rational(1, 3));
                                                 return positive(x * x);
                                             }),
                                    few_boxes);
    CHECK(touching.verdict == BoxVerdict::undecided);
    CHECK(touching.parts.at(0).box.find("x in [0.33333") != std::string::npos);
    // False in a sliver of relative width 10^-6.
    const BoxProof sliver = prove(one_part("x in [0, 1]", {interval(0, 1)},
                                           [](const Box& box) {
                                               const Enclosure x = box[0].hull() - Enclosure(0.3);
                                               return positive(x * x - Enclosure(0x1p-42));
                                           }),
                                  few_boxes);
    CHECK(sliver.verdict == BoxVerdict::refuted);
    CHECK_FALSE(sliver.parts.at(0).everywhere);
}

TEST_CASE("with K replaced by K-1, the sign condition on the margin is not proved") {
    // log((K-1)(s-1)) > 0 for s >= (K-1)/(K-2), which is true, and for s >= (K+1)/K, which is not.
    const auto sign = [](const Rational& from, long K) {
        return one_part("s", {interval(from, 100)}, [K](const Box& box) {
            return positive(log(Enclosure(K - 1) * (box[0].hull() - Enclosure(1))));
        });
    };
    CHECK(prove(sign(Rational(4, 3), 5), few_boxes).verdict == BoxVerdict::proved);
    CHECK(prove(sign(Rational(6, 5), 5), few_boxes).verdict == BoxVerdict::refuted);
}

TEST_CASE("wrong algebra, no parts and too few boxes prove nothing") {
    const auto yes = [](const Box&) { return Decision::holds; };
    BoxStatement statement = one_part("x in [0, 1]", {interval(0, 1)}, yes);
    CHECK(prove(statement, 1).verdict == BoxVerdict::proved);
    CHECK(prove(statement, 0).verdict == BoxVerdict::undecided);
    statement.algebra = [] { return false; };
    CHECK(prove(statement, 1).verdict == BoxVerdict::undecided);
    statement.algebra = nullptr;
    statement.parts.clear();
    CHECK(prove(statement, 1).verdict == BoxVerdict::undecided);
    CHECK_THROWS_AS(box_proofs("thm9.*"), InputError);
}

TEST_CASE("the box on which cosines rise with the count contains configurations that show it") {
    // Far from collapse a_k is close to a multiple of sqrt(n_k): one class with nine tenths of the sum.
    const PrecisionScope scope(40);
    const Configuration configuration = make_configuration({1'000'000, 400, 144, 2'500}, "1e-12", "1e-12");
    const theory::ClosedForm form = theory::closed_form(configuration);
    const auto share = [&](std::size_t k) { return form.weights[k] / form.weight_sum; };
    CHECK(certainly_less(Enclosure(0.9), share(0)));
    CHECK(certainly_less(share(2), share(1)));
    CHECK(certainly_less(*form.classifier_cosine(2, 0), *form.classifier_cosine(1, 0)));
}

TEST_CASE("feature norms turn, and classifier norms do not, where the proofs say") {
    const PrecisionScope scope(40);
    const std::vector<long long> counts{4, 9, 16, 25, 36, 49, 64, 81, 100, 121, 144, 169};
    const Configuration configuration = make_configuration(counts, "5e-3", "5e-3");
    const theory::ClosedForm form = theory::closed_form(configuration);
    // n = (c s*)^2 with the s* of K = 12 that `prove` prints.
    const Enclosure ratio = from_rational<Enclosure>(Rational(1'827'466'321, 1'000'000'000));
    const Enclosure turning = from_rational<Enclosure>(configuration.c_squared()) * ratio * ratio;
    long turns = 0;
    for (std::size_t k = 1; k + 1 < counts.size(); ++k) {
        const auto norm = [&](std::size_t j) { return form.classes[j].feature_norm_squared; };
        if (certainly_less(norm(k - 1), norm(k)) && certainly_less(norm(k + 1), norm(k))) {
            ++turns;
            CHECK(certainly_less(Enclosure(static_cast<long>(counts[k - 1])), turning));
            CHECK(certainly_less(turning, Enclosure(static_cast<long>(counts[k + 1]))));
        }
        CHECK_FALSE(certainly_less(form.classes[k].classifier_norm_squared,
                                   form.classes[k - 1].classifier_norm_squared));
    }
    CHECK(turns == 1);
}
