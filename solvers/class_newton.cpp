#include "solvers/class_newton.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::solvers {

namespace {

constexpr int most_steps = 40;
constexpr long double_bits = 48;  // what a Newton step in double keeps of its correction
constexpr long guard = 12;

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

/// Everything that one class's iteration needs, allocated once.
struct Workspace {
    explicit Workspace(long classes) : balance(classes), quotient(classes), slope(classes), scalar(24) {}
    Floats balance;   ///< z + sigma q
    Floats quotient;  ///< r_m = balance_m / D_m, then the step dz
    Floats slope;     ///< s_m = q_m / D_m
    Floats scalar;
    enum {
        gamma,
        norm,
        total,
        reference,
        temp,
        temp2,
        a1,
        a2,
        a3,
        b1,
        b2,
        b3,
        own,
        spread,
        om,
        c11,
        c12,
        e1,
        c21,
        c22,
        e2,
        det,
        dsigma,
        mean
    };
    arf_ptr operator[](int which) { return scalar[which]; }
};

// exp(x) at `bits`, x tiny: the series, each term as short as it may be.
void small_exp(arf_ptr result, arf_srcptr x, long bits, arf_ptr term) {
    const long size = -exponent_of(x);  // |x| < 2^-size
    // Horner from the last term that matters: sum x^j / j!.
    long last = 1;
    while ((last + 1) * size < bits) {
        ++last;
    }
    arf_one(result);
    for (long j = last; j >= 1; --j) {
        const long needed = std::max(32L, bits - (j - 1) * size);
        arf_mul(term, result, x, needed, ARF_RND_DOWN);
        if (j > 1) {
            arf_div_si(term, term, j, needed, ARF_RND_DOWN);
        }
        arf_add_si(result, term, 1, needed, ARF_RND_DOWN);
    }
}

// q = gamma (softmax(z) - e_k), and own = softmax_k, own_missing = 1 - softmax_k. `shared`: logits within
// 2^-(bits/8) of a reference take a short series instead of a full exponential.
void residual_at(const Arithmetic& with, long k, ClassPoint& point, Workspace& work, bool shared) {
    const long classes = point.logits.size();
    Floats& q = point.residual;
    const long reference = k == 0 ? 1 : 0;
    arf_ptr others = work[Workspace::total], exp_reference = work[Workspace::reference],
            difference = work[Workspace::temp];
    with.exp(exp_reference, point.logits[reference]);
    arf_set(q[reference], exp_reference);
    arf_set(others, exp_reference);
    for (long m = 0; m < classes; ++m) {
        if (m == k || m == reference) {
            continue;
        }
        arf_sub(difference, point.logits[m], point.logits[reference], with.bits, ARF_RND_DOWN);
        if (shared && exponent_of(difference) * 8 < -with.bits) {
            if (arf_is_zero(difference)) {
                arf_set(q[m], exp_reference);
            } else {
                small_exp(q[m], difference, with.bits, work[Workspace::temp2]);
                with.mul(q[m], q[m], exp_reference);
            }
        } else {
            with.exp(q[m], point.logits[m]);
        }
        with.add(others, others, q[m]);
    }
    arf_ptr own = work[Workspace::own], scale = work[Workspace::temp];
    with.exp(own, point.logits[k]);
    with.add(scale, own, others);
    with.div(own, own, scale);
    with.div(point.own_missing[0], others, scale);
    with.div(scale, work[Workspace::gamma], scale);
    for (long m = 0; m < classes; ++m) {
        if (m != k) {
            with.mul(q[m], q[m], scale);
        }
    }
    with.mul(q[k], others, scale);
    arf_neg(q[k], q[k]);
}

// balance = z + sigma q, norm = (||q||^2 - 1)/2. Returns e with all of them below 2^e, relative to the size
// of z.
long conditions_at(const Arithmetic& with, const ClassPoint& point, Workspace& work) {
    long largest = -(1L << 60), logits = 1;
    arf_ptr norm = work[Workspace::norm];
    arf_set_si(norm, -1);
    for (long m = 0; m < point.logits.size(); ++m) {
        with.mul(work.balance[m], point.sigma[0], point.residual[m]);
        with.add(work.balance[m], work.balance[m], point.logits[m]);
        largest = std::max(largest, exponent_of(work.balance[m]));
        logits = std::max(logits, exponent_of(point.logits[m]));
        with.addmul(norm, point.residual[m], point.residual[m]);
    }
    arf_mul_2exp_si(norm, norm, -1);
    return std::max(largest - logits, exponent_of(norm));
}

// One Newton step, its correction computed to with.bits. With D_m = 1 + sigma q_m the matrix is diagonal plus
// rank one: every dz_m = -r_m - s_m dsigma + sigma s_m P is affine in dsigma and P = sum_j softmax_j dz_j,
// and the definition of P and the norm condition determine those two. Moves z and sigma, and q to first
// order.
void newton_step(const Arithmetic& with, const Arithmetic& full, long k, ClassPoint& point, Workspace& work) {
    using W = Workspace;
    const long classes = point.logits.size();
    Floats &q = point.residual, &r = work.quotient, &s = work.slope;
    arf_srcptr sigma = point.sigma[0];
    for (const int sum : {W::a1, W::a2, W::a3, W::b1, W::b2, W::b3}) {
        arf_zero(work[sum]);
    }
    arf_ptr inverse = work[W::temp], square = work[W::temp2];
    for (long m = 0; m < classes; ++m) {
        if (m == k) {
            continue;
        }
        with.mul(inverse, sigma, q[m]);
        arf_add_si(inverse, inverse, 1, with.bits, ARF_RND_DOWN);
        arf_si_div(inverse, 1, inverse, with.bits, ARF_RND_DOWN);
        with.mul(r[m], work.balance[m], inverse);
        with.mul(s[m], q[m], inverse);
        with.addmul(work[W::a1], q[m], r[m]);
        with.addmul(work[W::a2], q[m], s[m]);
        with.add(work[W::a3], work[W::a3], q[m]);
        with.mul(square, q[m], q[m]);
        with.addmul(work[W::b1], square, r[m]);
        with.addmul(work[W::b2], square, s[m]);
        with.add(work[W::b3], work[W::b3], square);
    }
    arf_ptr t = work[W::temp];
    arf_si_div(work[W::spread], 1, work[W::gamma], with.bits, ARF_RND_DOWN);  // softmax_m = q_m / gamma
    with.mul(work[W::om], sigma, work[W::a2]);                                // sigma a2 - a3
    with.sub(work[W::om], work[W::om], work[W::a3]);
    // c11 = -spread a2 - own (q_k + sigma a2)
    with.mul(t, sigma, work[W::a2]);
    with.add(t, t, q[k]);
    with.mul(t, t, work[W::own]);
    with.addmul(t, work[W::spread], work[W::a2]);
    arf_neg(work[W::c11], t);
    // c12 = spread sigma a2 + own sigma om - 1
    with.mul(t, work[W::spread], work[W::a2]);
    with.addmul(t, work[W::own], work[W::om]);
    with.mul(t, t, sigma);
    arf_sub_si(work[W::c12], t, 1, with.bits, ARF_RND_DOWN);
    // e1 = spread a1 + own (balance_k + sigma a1)
    with.mul(t, sigma, work[W::a1]);
    with.add(t, t, work.balance[k]);
    with.mul(t, t, work[W::own]);
    with.addmul(t, work[W::spread], work[W::a1]);
    arf_swap(work[W::e1], t);
    // c21 = q_k a2 - b2,  c22 = sigma b2 - b3 - q_k om,  e2 = b1 - q_k a1 - norm
    with.mul(work[W::c21], q[k], work[W::a2]);
    with.sub(work[W::c21], work[W::c21], work[W::b2]);
    with.mul(work[W::c22], sigma, work[W::b2]);
    with.sub(work[W::c22], work[W::c22], work[W::b3]);
    with.submul(work[W::c22], q[k], work[W::om]);
    with.sub(work[W::e2], work[W::b1], work[W::norm]);
    with.submul(work[W::e2], q[k], work[W::a1]);
    with.mul(work[W::det], work[W::c11], work[W::c22]);
    with.submul(work[W::det], work[W::c12], work[W::c21]);
    with.mul(work[W::dsigma], work[W::e1], work[W::c22]);
    with.submul(work[W::dsigma], work[W::c12], work[W::e2]);
    with.div(work[W::dsigma], work[W::dsigma], work[W::det]);
    with.mul(work[W::mean], work[W::c11], work[W::e2]);
    with.submul(work[W::mean], work[W::e1], work[W::c21]);
    with.div(work[W::mean], work[W::mean], work[W::det]);
    // dz_k = -balance_k - q_k dsigma + sigma others,  others = sum of dq_m = om P - a1 - a2 dsigma
    arf_ptr others = work[W::temp2];
    with.mul(others, work[W::om], work[W::mean]);
    with.sub(others, others, work[W::a1]);
    with.submul(others, work[W::a2], work[W::dsigma]);
    with.mul(t, sigma, others);
    with.sub(t, t, work.balance[k]);
    with.submul(t, q[k], work[W::dsigma]);
    full.add(point.logits[k], point.logits[k], t);
    full.sub(q[k], q[k], others);
    // 1 - softmax_k changes by sum of dsoftmax_m = others / gamma
    with.mul(t, others, work[W::spread]);
    full.add(point.own_missing[0], point.own_missing[0], t);
    arf_ptr factor = work[W::det], dz = work[W::temp];
    with.mul(factor, sigma, work[W::mean]);
    with.sub(factor, factor, work[W::dsigma]);
    for (long m = 0; m < classes; ++m) {
        if (m == k) {
            continue;
        }
        with.mul(dz, s[m], factor);
        with.sub(dz, dz, r[m]);
        full.add(point.logits[m], point.logits[m], dz);
        with.sub(dz, dz, work[W::mean]);
        with.mul(dz, dz, q[m]);
        full.add(q[m], q[m], dz);
    }
    full.add(point.sigma[0], point.sigma[0], work[W::dsigma]);
}

}  // namespace

NewtonSummary refine_class(const Rational& gamma_squared, long k, const ClassStart& start, long bits,
                           ClassPoint& point) {
    const long classes = point.logits.size();
    for (long m = 0; m < classes; ++m) {
        arf_set_d(point.logits[m], start.logits[m]);
    }
    arf_set_d(point.sigma[0], start.sigma);
    Workspace work(classes);
    set_gamma(work[Workspace::gamma], gamma_squared, bits + guard);
    const long start_bits =
        std::clamp(static_cast<long>(-std::log2(start.residual + 0x1p-52)) - 3, 8L, double_bits);
    // The bits wanted after each step, from the last one down: a step doubles them, but for a guard.
    std::vector<long> wanted{bits};
    while (wanted.back() > 2 * start_bits - guard) {
        wanted.push_back(wanted.back() / 2 + guard);
    }
    NewtonSummary summary;
    int steps = 0;
    for (std::size_t rung = wanted.size(); rung-- > 0;) {
        const Arithmetic full{wanted[rung] + guard};
        for (;; ++steps) {
            residual_at(full, k, point, work, true);
            const long before = -conditions_at(full, point, work);  // correct bits, about
            if (steps >= most_steps) {
                return summary;
            }
            const Arithmetic half{std::max(64L, std::min(before, full.bits) + guard)};
            newton_step(half, full, k, point, work);
            if (2 * before - guard >= wanted[rung]) {
                summary.residual_exponent = -std::min(2 * before - guard, full.bits);
                break;
            }
            if (before >= wanted[rung]) {  // nothing is left to gain on this rung
                summary.residual_exponent = -before;
                break;
            }
        }
    }
    summary.converged = true;
    return summary;
}

void zero_class(const Rational& gamma_squared, long k, long bits, ClassPoint& point) {
    const long classes = point.logits.size();
    Workspace work(classes);
    set_gamma(work[Workspace::gamma], gamma_squared, bits);
    for (long m = 0; m < classes; ++m) {
        arf_zero(point.logits[m]);
    }
    arf_zero(point.sigma[0]);
    residual_at({bits}, k, point, work, true);
}

void evaluate_class(const Rational& gamma_squared, long k, const ClassPoint& point, long bits,
                    ClassPoint& scratch) {
    const long classes = point.logits.size();
    const Arithmetic with{bits};
    Workspace work(classes);
    set_gamma(work[Workspace::gamma], gamma_squared, bits);
    for (long m = 0; m < classes; ++m) {
        arf_set(scratch.logits[m], point.logits[m]);
    }
    arf_set(scratch.sigma[0], point.sigma[0]);
    residual_at(with, k, scratch, work, false);
    conditions_at(with, scratch, work);
    with.log(scratch.own_missing[0], work[Workspace::own]);
}

}  // namespace ncverify::solvers
