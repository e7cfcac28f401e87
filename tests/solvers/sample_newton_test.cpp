// Newton's method on a block of the samples form, where it is slow by nature.
#include "solvers/sample_newton.hpp"

#include <catch2/catch.hpp>

using namespace ncverify;
using namespace ncverify::solvers;

TEST_CASE("a class that hardly exceeds its threshold is refined in few steps", "[samples]") {
    // K = 3, two samples of one class on one coordinate: h = 0 stops being a minimum at
    // gamma^2 n (K - 1) / K = 1. A little above, the loss is almost a fourth power until the features are as
    // small as the root of what is above. Newton's own steps leave 2/3 of what is left: 65 of them from 0.02
    // to 10^-13.
    // Of every excess, since a step that goes beyond the minimum is lost only at some.
    const long excess_exponent = GENERATE(range(-90L, -50L));
    CAPTURE(excess_exponent);
    SampleBlock block{3, {0}, {0, 1}, {0, 0}};
    const long bits = 220;
    const Arithmetic with{bits};
    Floats gamma(3), excess(1);
    arf_set_si_2exp_si(excess[0], 1, excess_exponent);
    for (long k = 0; k < 3; ++k) {
        arf_set_ui(gamma[k], 3);
        arf_mul_2exp_si(gamma[k], gamma[k], -2);
        with.sqrt(gamma[k], gamma[k]);
        with.addmul(gamma[k], gamma[k], excess[0]);
    }
    BlockPoint point(block);
    const double along[] = {2, -1, -1};
    for (long m = 0; m < 3; ++m) {
        arf_set_d(point.v[m], 0.012 * along[m]);
    }
    for (long j = 0; j < 2; ++j) {
        arf_set_d(point.u[j], 0.02);
    }
    const BlockSummary summary = refine_block(block, gamma, 0, bits, point);
    CHECK(summary.converged);
    CHECK(summary.steps < 25);
    // Not the saddle at zero: the features stand where the loss is smallest.
    // squared, a quarter of the excess or so.
    CHECK(2 * exponent_of(point.u[0]) > excess_exponent - 8);
    CHECK(2 * exponent_of(point.u[0]) < excess_exponent + 8);
}
