// Elimination of the samples, against Eigen on the whole system.
#include "solvers/sample_elimination.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <Eigen/Cholesky>
#include <catch2/catch.hpp>

#include "problem/random.hpp"
#include "solvers/sample_newton.hpp"

using namespace ncverify;
using namespace ncverify::solvers;

namespace {

// Two coordinates and five samples of three classes, at a random point with one feature at zero; where the
// seed is odd each sample stands for several.
struct SmallBlock {
    explicit SmallBlock(std::uint64_t seed) : point(block), gamma(3), inverse(3) {
        Random random(seed);
        if (seed % 2 == 1) {
            block.inverse_root = Floats(5);
            for (long j = 0; j < 5; ++j) {
                arf_set_d(block.inverse_root[j], 0.2 + random.uniform());
            }
        }
        for (long a = 0; a < point.v.size(); ++a) {
            arf_set_d(point.v[a], 2 * random.uniform() - 1);
        }
        for (long a = 0; a < point.u.size(); ++a) {
            arf_set_d(point.u[a], 0.25 + random.uniform());
        }
        arf_zero(point.u[3]);
        for (long k = 0; k < 3; ++k) {  // of each class its own, as with class weights
            arf_set_d(gamma[k], 0.5 + random.uniform());
            arf_ui_div(inverse[k], 1, gamma[k], bits, ARF_RND_DOWN);
        }
        evaluate({bits}, block, gamma, point);
    }
    static constexpr long bits = 300;
    SampleBlock block{3, {0, 1}, {0, 1, 2, 3, 4}, {0, 0, 1, 2, 2}};
    BlockPoint point;
    Floats gamma, inverse;
};

Eigen::VectorXd gradient_of(const BlockPoint& point) {
    Eigen::VectorXd result(point.v.size() + point.u.size());
    for (long a = 0; a < result.size(); ++a) {
        result[a] = arf_get_d(a < point.v.size() ? point.gradient_v[a] : point.gradient_u[a - point.v.size()],
                              ARF_RND_NEAR);
    }
    return result;
}

// Hessian by differences of the gradient at 300 bits: exact to about 2^-100, and then to double.
Eigen::MatrixXd hessian_of(const SmallBlock& small) {
    const long size_v = small.point.v.size(), size = size_v + small.point.u.size();
    const Arithmetic with{SmallBlock::bits};
    Eigen::MatrixXd hessian(size, size);
    BlockPoint moved(small.block);
    Floats change(1);
    for (long b = 0; b < size; ++b) {
        for (long a = 0; a < size; ++a) {
            arf_set(a < size_v ? moved.v[a] : moved.u[a - size_v],
                    a < size_v ? small.point.v[a] : small.point.u[a - size_v]);
        }
        arf_ptr entry = b < size_v ? moved.v[b] : moved.u[b - size_v];
        arf_set_si_2exp_si(change[0], 1, -100);
        with.add(entry, entry, change[0]);
        evaluate(with, small.block, small.gamma, moved);
        for (long a = 0; a < size; ++a) {
            with.sub(change[0], a < size_v ? moved.gradient_v[a] : moved.gradient_u[a - size_v],
                     a < size_v ? small.point.gradient_v[a] : small.point.gradient_u[a - size_v]);
            arf_mul_2exp_si(change[0], change[0], 100);
            hessian(a, b) = arf_get_d(change[0], ARF_RND_NEAR);
        }
    }
    return hessian;
}

}  // namespace

TEST_CASE("eliminating every sample solves the whole system") {
    rc::prop("random points, both arithmetics", [] {
        const SmallBlock small(*rc::gen::arbitrary<std::uint64_t>());
        std::vector<bool> free(10, true);
        free[3] = false;
        const double damping =
            3;  // the point is no minimum: this makes the matrix definite, most of the time
        Eigen::MatrixXd hessian = hessian_of(small) + damping * Eigen::MatrixXd::Identity(16, 16);
        Eigen::VectorXd gradient = gradient_of(small.point);
        hessian.row(6 + 3).setZero();
        hessian.col(6 + 3).setZero();
        hessian(6 + 3, 6 + 3) = 1;
        gradient[6 + 3] = 0;
        const Eigen::LLT<Eigen::MatrixXd> factored(hessian);
        Floats step_v(6), step_u(10), shift(1);
        arf_set_d(shift[0], damping);
        const bool definite = block_newton_step(Arithmetic{100}, small.block, small.inverse, small.point,
                                                free, shift, step_v, step_u);
        Doubles fast_v(6), fast_u(10), fast_shift(1), fast_inverse(3);
        *fast_shift[0] = damping;
        for (long k = 0; k < 3; ++k) {
            *fast_inverse[k] = arf_get_d(small.inverse[k], ARF_RND_NEAR);
        }
        const bool fast_definite =
            block_newton_step(DoubleArithmetic{}, small.block, fast_inverse,
                              in_double(small.block, small.point, -3), free, fast_shift, fast_v, fast_u);
        RC_ASSERT(definite == (factored.info() == Eigen::Success));
        RC_PRE(definite && fast_definite);
        const Eigen::VectorXd expected = -factored.solve(gradient);
        for (long a = 0; a < 16; ++a) {
            const double slow = arf_get_d(a < 6 ? step_v[a] : step_u[a - 6], ARF_RND_NEAR);
            const double fast = (a < 6 ? *fast_v[a] : *fast_u[a - 6]) / 8;  // gradients came times 2^3
            RC_ASSERT(std::abs(slow - expected[a]) < 1e-10);
            RC_ASSERT(std::abs(fast - expected[a]) < 1e-10);
        }
    });
}
