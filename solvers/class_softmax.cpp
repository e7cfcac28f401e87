#include "solvers/class_softmax.hpp"

#include <flint/fmpq.h>

#include <algorithm>

namespace ncverify::solvers {

namespace {

// exp(x) - 1 for a tiny x, to `bits` bits: the series, each term as short as it may be.
void small_expm1(arf_ptr result, arf_srcptr x, long bits, arf_ptr term) {
    const long size = -exponent_of(x);  // |x| < 2^-size
    long last = 1;                      // the last term that matters of sum x^j / j!
    while (last * size < bits) {
        ++last;
    }
    arf_one(result);  // Horner: x (1 + x/2 (1 + x/3 (...)))
    for (long j = last; j >= 2; --j) {
        const long needed = std::max(32L, bits - (j - 1) * size);
        arf_mul(term, result, x, needed, ARF_RND_DOWN);
        arf_div_si(term, term, j, needed, ARF_RND_DOWN);
        arf_add_si(result, term, 1, needed + size, ARF_RND_DOWN);
    }
    arf_mul(result, result, x, bits, ARF_RND_DOWN);
}

}  // namespace

void set_gamma(arf_ptr gamma, const Rational& gamma_squared, long bits) {
    fmpq_t fraction;
    fmpq_init(fraction);
    fmpq_set_mpq(fraction, gamma_squared.backend().data());
    arb_t ball;
    arb_init(ball);
    arb_set_fmpq(ball, fraction, bits);
    arb_sqrt(ball, ball, bits);
    arf_swap(gamma, arb_midref(ball));
    arb_clear(ball);
    fmpq_clear(fraction);
}

void softmax_at(const Arithmetic& with, long k, ClassPoint& point, ClassWorkspace& work) {
    const long classes = point.logits.size(), reference = reference_of(k);
    arf_zero(work.first);
    arf_zero(work.second);
    for (long m = 0; m < classes; ++m) {
        if (m == k || m == reference) {
            continue;
        }
        with.sub(work.difference[m], point.logits[m], point.logits[reference]);
        const long size = exponent_of(work.difference[m]);
        if (arf_is_zero(work.difference[m])) {
            arf_zero(work.excess[m]);
            continue;
        }
        if (size * 8 < -with.bits) {
            small_expm1(work.excess[m], work.difference[m], std::max(32L, with.bits + size), work.term);
        } else {
            with.expm1(work.excess[m], work.difference[m]);
        }
        with.add(work.first, work.first, work.excess[m]);
        with.addmul(work.second, work.excess[m], work.excess[m]);
    }
    with.exp(work.lead, point.logits[reference]);  // times gamma over the total below
    arf_add_si(work.missing, work.first, classes - 1, with.bits, ARF_RND_DOWN);
    with.mul(work.missing, work.missing, work.lead);
    with.exp(work.own, point.logits[k]);
    Float& total = work.term;
    with.add(total, work.own, work.missing);
    with.div(work.own, work.own, total);
    with.div(point.own_missing, work.missing, total);
    with.div(work.factor, work.gamma, total);
    with.mul(work.lead, work.factor, work.lead);
    with.mul(point.residual[k], work.factor, work.missing);
    arf_neg(point.residual[k], point.residual[k]);
}

long conditions_at(const Arithmetic& with, long k, const ClassPoint& point, ClassWorkspace& work) {
    const long reference = reference_of(k), classes = point.logits.size();
    with.mul(work.stretch, point.sigma, work.lead);
    with.add(work.balance[reference], point.logits[reference], work.stretch);
    with.mul(work.balance[k], point.sigma, point.residual[k]);
    with.add(work.balance[k], work.balance[k], point.logits[k]);
    long largest = std::max(exponent_of(work.balance[reference]), exponent_of(work.balance[k]));
    long logits = std::max({1L, exponent_of(point.logits[reference]), exponent_of(point.logits[k])});
    for (long m = 0; m < classes; ++m) {
        if (m == k || m == reference) {
            continue;
        }
        with.add(work.balance[m], work.balance[reference], work.difference[m]);
        with.addmul(work.balance[m], work.stretch, work.excess[m]);
        largest = std::max(largest, exponent_of(work.balance[m]));
        logits = std::max(logits, exponent_of(point.logits[m]));
    }
    // sum of q_m^2 over m != k: lead^2 (K - 1 + 2 first + second)
    arf_mul_2exp_si(work.squares, work.first, 1);
    with.add(work.squares, work.squares, work.second);
    arf_add_si(work.squares, work.squares, classes - 1, with.bits, ARF_RND_DOWN);
    with.mul(work.squares, work.squares, work.lead);
    with.mul(work.squares, work.squares, work.lead);
    arf_sub_si(work.norm, work.squares, 1, with.bits, ARF_RND_DOWN);
    with.addmul(work.norm, point.residual[k], point.residual[k]);
    arf_mul_2exp_si(work.norm, work.norm, -1);
    return std::max(largest - logits, exponent_of(work.norm));
}

void zero_class(const Rational& gamma_squared, long k, long bits, ClassPoint& point) {
    const long classes = point.logits.size();
    ClassWorkspace work(classes);
    set_gamma(work.gamma, gamma_squared, bits);
    for (long m = 0; m < classes; ++m) {
        arf_zero(point.logits[m]);
    }
    arf_zero(point.sigma);
    softmax_at({bits}, k, point, work);
    for (long m = 0; m < classes; ++m) {
        if (m != k) {
            arf_set(point.residual[m], work.lead);
        }
    }
}

void evaluate_class(const Rational& gamma_squared, long k, const ClassPoint& point, long bits,
                    ClassPoint& scratch) {
    const long classes = point.logits.size();
    const Arithmetic with{bits};
    Float gamma, missing, own, factor, norm;
    set_gamma(gamma, gamma_squared, bits);
    Floats& q = scratch.residual;
    for (long m = 0; m < classes; ++m) {
        if (m != k) {
            with.exp(q[m], point.logits[m]);
            with.add(missing, missing, q[m]);
        }
    }
    with.exp(own, point.logits[k]);
    with.add(factor, own, missing);
    with.div(own, own, factor);
    with.div(factor, gamma, factor);
    with.mul(q[k], factor, missing);
    arf_neg(q[k], q[k]);
    for (long m = 0; m < classes; ++m) {
        if (m != k) {
            with.mul(q[m], q[m], factor);
        }
        with.mul(scratch.logits[m], point.sigma, q[m]);
        with.add(scratch.logits[m], scratch.logits[m], point.logits[m]);
        with.addmul(norm, q[m], q[m]);
    }
    with.log(scratch.own_missing, own);
}

}  // namespace ncverify::solvers
