#include "solvers/class_newton.hpp"

#include <algorithm>
#include <cmath>

#include "problem/cancellation.hpp"

namespace ncverify::solvers {

namespace {

constexpr int most_steps = 40;
constexpr long hardware_bits = 60;  // of a start in long double
constexpr long guard = 12;

// The sums over m != k that the elimination needs, by groups of equal q_m: a1 = q.r, a2 = q.s, b1 = q^2.r,
// b2 = q^2.s with r_m = balance_m / D_m, s_m = q_m / D_m, D_m = 1 + sigma q_m.
void gather(const Arithmetic& with, long k, const ClassPoint& point, ClassWorkspace& work) {
    for (Float* sum : {&work.a1, &work.a2, &work.b1, &work.b2, &work.group_balance}) {
        arf_zero(*sum);
    }
    with.set(work.step_lead, work.lead);
    long groups = 0, members = 0;
    const auto close = [&] {
        if (members == 0) {
            return;
        }
        const long g = groups - 1;
        arf_ptr q = work.group_q[g], inverse = work.group_inverse[g], slope = work.group_slope[g];
        with.mul(inverse, work.sigma, q);
        arf_add_si(inverse, inverse, 1, with.bits, ARF_RND_DOWN);
        arf_si_div(inverse, 1, inverse, with.bits, ARF_RND_DOWN);
        with.mul(slope, q, inverse);
        with.addmul(work.a1, work.group_balance, slope);
        with.mul(work.term, slope, q);
        with.addmul(work.b1, work.group_balance, work.term);
        arf_mul_si(work.term, work.term, members, with.bits, ARF_RND_DOWN);
        with.add(work.a2, work.a2, work.term);
        with.addmul(work.b2, work.term, q);
        arf_zero(work.group_balance);
        members = 0;
    };
    for (long m = 0; m < point.logits.size(); ++m) {
        if (m == k) {
            continue;
        }
        arf_ptr q = work.group_q[groups];  // of a new group, where it differs from the last one's
        if (m == reference_of(k)) {
            arf_set(q, work.step_lead);
        } else {
            with.mul(q, work.step_lead, work.excess[m]);
            with.add(q, q, work.step_lead);
        }
        if (members == 0 || !arf_equal(q, work.group_q[groups - 1])) {
            close();
            ++groups;
        }
        work.group[static_cast<std::size_t>(m)] = groups - 1;
        with.add(work.group_balance, work.group_balance, work.balance[m]);
        ++members;
    }
    close();
}

// The two equations in dsigma and P of class_newton_step, solved: sets dsigma, mean (which is P), others_mean
// and spread.
void solve_for_scale(const Arithmetic& with, long k, const ClassPoint& point, ClassWorkspace& work) {
    const Floats& q = point.residual;
    Float& sigma = work.sigma;
    Float& t = work.term;
    arf_si_div(work.spread, 1, work.gamma, with.bits, ARF_RND_DOWN);  // softmax_m = q_m / gamma
    with.mul(work.others_mean, sigma, work.a2);
    with.add(work.others_mean, work.others_mean, q[k]);
    // c11 = -spread a2 - own (q_k + sigma a2)
    with.mul(t, sigma, work.a2);
    with.add(t, t, q[k]);
    with.mul(t, t, work.own);
    with.addmul(t, work.spread, work.a2);
    arf_neg(work.c11, t);
    // c12 = spread sigma a2 + own sigma others_mean - 1
    with.mul(t, work.spread, work.a2);
    with.addmul(t, work.own, work.others_mean);
    with.mul(t, t, sigma);
    arf_sub_si(work.c12, t, 1, with.bits, ARF_RND_DOWN);
    // e1 = spread a1 + own (balance_k + sigma a1)
    with.mul(t, sigma, work.a1);
    with.add(t, t, work.balance[k]);
    with.mul(t, t, work.own);
    with.addmul(t, work.spread, work.a1);
    arf_swap(work.e1, t);
    // c21 = q_k a2 - b2,  c22 = sigma b2 - squares - q_k others_mean,  e2 = b1 - q_k a1 - norm
    with.mul(work.c21, q[k], work.a2);
    with.sub(work.c21, work.c21, work.b2);
    with.mul(work.c22, sigma, work.b2);
    with.sub(work.c22, work.c22, work.squares);
    with.submul(work.c22, q[k], work.others_mean);
    with.sub(work.e2, work.b1, work.norm);
    with.submul(work.e2, q[k], work.a1);
    with.mul(work.determinant, work.c11, work.c22);
    with.submul(work.determinant, work.c12, work.c21);
    with.mul(work.dsigma, work.e1, work.c22);
    with.submul(work.dsigma, work.c12, work.e2);
    with.div(work.dsigma, work.dsigma, work.determinant);
    with.mul(work.mean, work.c11, work.e2);
    with.submul(work.mean, work.e1, work.c21);
    with.div(work.mean, work.mean, work.determinant);
}

// One Newton step, its correction computed to with.bits. The matrix is diagonal plus rank one: every
// dz_m = -r_m - s_m dsigma + sigma s_m P is affine in dsigma and P = sum_j softmax_j dz_j, and the definition
// of P and the norm condition determine those two. Moves z and sigma; `finish`: also sets q, to first order
// at the new point.
void class_newton_step(const Arithmetic& with, const Arithmetic& full, long k, ClassPoint& point,
                       ClassWorkspace& work, bool finish) {
    const long classes = point.logits.size(), reference = reference_of(k);
    Floats& q = point.residual;
    Float& sigma = work.sigma;
    Float& t = work.term;
    with.set(sigma, point.sigma);
    gather(with, k, point, work);
    solve_for_scale(with, k, point, work);
    // dz_k = -balance_k - q_k dsigma + sigma others,  others = sum of dq_m = others_mean P - a1 - a2 dsigma
    with.mul(work.others, work.others_mean, work.mean);
    with.sub(work.others, work.others, work.a1);
    with.submul(work.others, work.a2, work.dsigma);
    with.mul(t, sigma, work.others);
    with.sub(t, t, work.balance[k]);
    with.submul(t, q[k], work.dsigma);
    full.add(point.logits[k], point.logits[k], t);
    if (finish) {
        full.sub(q[k], q[k], work.others);
        // 1 - softmax_k changes by sum of dsoftmax_m = others / gamma
        with.mul(t, work.others, work.spread);
        full.add(point.own_missing, point.own_missing, t);
    }
    with.mul(work.scale, sigma, work.mean);
    with.sub(work.scale, work.scale, work.dsigma);
    long last = -1;
    for (long m = 0; m < classes; ++m) {
        if (m == k) {
            continue;
        }
        const long g = work.group[static_cast<std::size_t>(m)];
        if (g != last) {
            with.mul(work.group_slope[g], work.group_slope[g], work.scale);
            last = g;
        }
        with.mul(t, work.balance[m], work.group_inverse[g]);
        with.sub(t, work.group_slope[g], t);
        full.add(point.logits[m], point.logits[m], t);
        if (finish) {  // q_m + q_m (dz_m - P), with q_m = lead (1 + excess_m)
            with.sub(t, t, work.mean);
            with.mul(q[m], t, work.group_q[g]);
            if (m != reference) {
                full.addmul(q[m], work.lead, work.excess[m]);
            }
            full.add(q[m], q[m], work.lead);
        }
    }
    full.add(point.sigma, point.sigma, work.dsigma);
}

void set_long_double(arf_ptr z, long double x) {
    const auto high = static_cast<double>(x);
    const Arithmetic exact{64};
    Float low;
    arf_set_d(z, high);
    arf_set_d(low, static_cast<double>(x - static_cast<long double>(high)));
    exact.add(z, z, low);
}

}  // namespace

NewtonSummary refine_class(const Rational& gamma_squared, long double log_gamma, long k,
                           const ClassStart& start, long bits, ClassPoint& point, ClassWorkspace& work) {
    const long classes = point.logits.size();
    const ClassStartOf<long double> polished = polish_class(log_gamma, k, start);
    for (long m = 0; m < classes; ++m) {
        set_long_double(point.logits[m], polished.logits[m]);
    }
    set_long_double(point.sigma, polished.sigma);
    set_gamma(work.gamma, gamma_squared, bits + guard);
    const long start_bits =
        std::clamp(static_cast<long>(-std::log2(polished.residual + 0x1p-63L)), 8L, hardware_bits);
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
            give_up_if_cancelled();
            softmax_at(full, k, point, work);
            const long before = -conditions_at(full, k, point, work);  // correct bits, about
            if (steps >= most_steps) {
                return summary;
            }
            const Arithmetic half{std::max(64L, std::min(before, full.bits) + 4)};
            const bool reached = 2 * before - guard >= wanted[rung];
            const bool exhausted = before >= wanted[rung];  // nothing is left to gain on this rung
            class_newton_step(half, full, k, point, work, rung == 0 && (reached || exhausted));
            if (reached || exhausted) {
                summary.residual_exponent = -std::min(reached ? 2 * before - guard : before, full.bits);
                break;
            }
        }
    }
    summary.converged = true;
    return summary;
}

}  // namespace ncverify::solvers
