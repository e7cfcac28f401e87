#include "measure/logit_excess.hpp"

#include <catch2/catch.hpp>

#include "problem/objective.hpp"
#include "problem/random.hpp"

using namespace ncverify;
using namespace ncverify::measure;

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

Enclosure phi(const Enclosure& margin, long classes) {
    return log1p(Enclosure(classes - 1) * exp(-margin));
}

double error(double found, const Enclosure& expected) {
    return abs(Enclosure(found) - expected).magnitude();
}

// Logits whose differences run from nothing to hundreds.
Vector<double> random_logits(Random& random, long classes) {
    const double size = std::exp(24 * random.uniform() - 18);
    const double offset = random.next() % 2 == 0 ? 0 : 20 * random.uniform() - 10;
    Vector<double> logits(classes);
    for (long m = 0; m < classes; ++m) {
        logits[m] = offset + size * (2 * random.uniform() - 1);
    }
    return logits;
}

}  // namespace

TEST_CASE("a sample's excess is as exact as its logits' differences are") {
    const PrecisionScope precision(80);
    Random random(2024);
    for (int i = 0; i < 4000; ++i) {
        const long classes = 2 + static_cast<long>(random.next() % 9);
        const auto label = static_cast<long>(random.next() % static_cast<std::uint64_t>(classes));
        const Vector<double> logits = random_logits(random, classes);
        const LogitExcess excess = logit_excess(logits.data(), classes, label);
        Enclosure mean(0);
        double largest = 0, away = 0;
        for (long m = 0; m < classes; ++m) {
            mean += m == label ? Enclosure(0) : Enclosure(logits[m]) / Enclosure(classes - 1);
            largest = std::max(largest, std::abs(logits[m]));
        }
        for (long m = 0; m < classes; ++m) {
            away = m == label ? away : std::max(away, abs(Enclosure(logits[m]) - mean).magnitude());
        }
        const Enclosure margin = Enclosure(logits[label]) - mean;
        const Enclosure cost = cross_entropy(logits.cast<Enclosure>().eval(), label);
        const Enclosure unequal = cost - phi(margin, classes);
        // A mean of K numbers is off by at most this; what follows from it enters through a function's slope.
        const double off = 2 * static_cast<double>(classes) * epsilon * largest;
        INFO("K = " << classes << ", label " << label << ", logits " << logits.transpose());
        CHECK(error(excess.margin, margin) <= off);
        CHECK(error(excess.cross_entropy, cost) <= 16 * epsilon * cost.magnitude() + off);
        // Its slope in a logit is at most 1, and at most p e^away away where the others lie close together.
        const double slope = std::min(1.0, std::exp(std::min(away, 50.0)) * (away + off));
        CHECK(error(excess.unequal, unequal) <=
              16 * epsilon * unequal.magnitude() + 2 * slope * off +
                  (away > 20 ? 16 * epsilon * cost.magnitude() : 0));  // formed by subtraction there
        CHECK(excess.unequal >= 0);

        const double top = static_cast<double>(classes - 1) / static_cast<double>(classes);
        const double beta = random.next() % 4 == 0 ? 0.0
                            : random.next() % 2 == 0
                                ? top * random.uniform()
                                : std::min(top, excess.others * (1 + 1e-6 * random.uniform()));
        const Enclosure b(beta);
        const Enclosure bracket =
            beta == 0 ? Enclosure(0) : -(Enclosure(1) - b) * log1p(-b) - b * log(b / Enclosure(classes - 1));
        const Enclosure above = phi(margin, classes) + b * margin - bracket;
        const double found = margin_excess(excess, beta, classes);
        CHECK(found >= 0);
        const double derivative = std::abs(excess.others - beta) + 4 * off + 8 * epsilon * excess.others;
        const double subtracted = std::abs(excess.others - beta) > 0.3 * std::min(beta, 1 - beta)
                                      ? 16 * epsilon * (std::abs(excess.margin) + 3)
                                      : 0;
        CHECK(error(found, above) <=
              64 * epsilon * above.magnitude() + 4 * derivative * (off + 8 * epsilon) + subtracted);
    }
}
