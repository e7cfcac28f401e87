#include "solvers/class_newton.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::solvers {

namespace {

constexpr int most_steps = 40;
constexpr long hardware_bits = 60;  // of a start in long double
constexpr long guard = 12;

// The sums over m != k that the elimination needs, by groups of equal q_m: a1 = q.r, a2 = q.s, b1 = q^2.r, b2
// = q^2.s with r_m = balance_m / D_m, s_m = q_m / D_m, D_m = 1 + sigma q_m.
void gather(const Arithmetic& with, long k, const ClassPoint& point, ClassWorkspace& work) {
    using W = ClassWorkspace;
    for (const int which : {W::a1, W::a2, W::b1, W::b2, W::sum}) {
        arf_zero(work[which]);
    }
    arf_ptr lead = work[W::det], here = work[W::mean], square = work[W::u], product = work[W::t];
    with.set(lead, work[W::lead]);
    long groups = 0, members = 0;
    const auto close = [&] {
        if (members == 0) {
            return;
        }
        const long g = groups - 1;
        arf_ptr q = work.group_q[g], inverse = work.group_inverse[g], slope = work.group_slope[g];
        with.mul(inverse, work[W::sigma], q);
        arf_add_si(inverse, inverse, 1, with.bits, ARF_RND_DOWN);
        arf_si_div(inverse, 1, inverse, with.bits, ARF_RND_DOWN);
        with.mul(slope, q, inverse);
        with.mul(square, slope, q);
        arf_mul_si(product, square, members, with.bits, ARF_RND_DOWN);
        with.add(work[W::a2], work[W::a2], product);
        with.addmul(work[W::b2], product, q);
        with.addmul(work[W::a1], work[W::sum], slope);
        with.addmul(work[W::b1], work[W::sum], square);
        arf_zero(work[W::sum]);
        members = 0;
    };
    for (long m = 0; m < point.logits.size(); ++m) {
        if (m == k) {
            continue;
        }
        if (m == reference_of(k)) {
            arf_set(here, lead);
        } else {
            with.mul(here, lead, work.excess[m]);
            with.add(here, here, lead);
        }
        if (members == 0 || !arf_equal(here, work.group_q[groups - 1])) {
            close();
            arf_set(work.group_q[groups++], here);
        }
        work.group[static_cast<std::size_t>(m)] = groups - 1;
        with.add(work[W::sum], work[W::sum], work.balance[m]);
        ++members;
    }
    close();
}

// One Newton step, its correction computed to with.bits. The matrix is diagonal plus rank one: every
// dz_m = -r_m - s_m dsigma + sigma s_m P is affine in dsigma and P = sum_j softmax_j dz_j, and the definition
// of P and the norm condition determine those two. Moves z and sigma; `finish`: also sets q, to first order
// at the new point.
void newton_step(const Arithmetic& with, const Arithmetic& full, long k, ClassPoint& point,
                 ClassWorkspace& work, bool finish) {
    using W = ClassWorkspace;
    const long classes = point.logits.size(), reference = reference_of(k);
    Floats& q = point.residual;
    arf_ptr sigma = work[W::sigma], t = work[W::t];
    with.set(sigma, point.sigma[0]);
    gather(with, k, point, work);
    arf_neg(work[W::a3], q[k]);  // sum of q_m over m != k; that of q_m^2 is b3
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
    arf_ptr others = work[W::u];
    with.mul(others, work[W::om], work[W::mean]);
    with.sub(others, others, work[W::a1]);
    with.submul(others, work[W::a2], work[W::dsigma]);
    with.mul(t, sigma, others);
    with.sub(t, t, work.balance[k]);
    with.submul(t, q[k], work[W::dsigma]);
    full.add(point.logits[k], point.logits[k], t);
    if (finish) {
        full.sub(q[k], q[k], others);
        // 1 - softmax_k changes by sum of dsoftmax_m = others / gamma
        with.mul(t, others, work[W::spread]);
        full.add(point.own_missing[0], point.own_missing[0], t);
    }
    arf_ptr scale = work[W::det], common = work[W::u], dz = work[W::t];
    with.mul(scale, sigma, work[W::mean]);
    with.sub(scale, scale, work[W::dsigma]);
    long last = -1;
    for (long m = 0; m < classes; ++m) {
        if (m == k) {
            continue;
        }
        const long g = work.group[static_cast<std::size_t>(m)];
        if (g != last) {
            with.mul(common, work.group_slope[g], scale);
            last = g;
        }
        with.mul(dz, work.balance[m], work.group_inverse[g]);
        with.sub(dz, common, dz);
        full.add(point.logits[m], point.logits[m], dz);
        if (finish) {  // q_m + q_m (dz_m - P), with q_m = lead (1 + excess_m)
            with.sub(dz, dz, work[W::mean]);
            with.mul(q[m], dz, work.group_q[g]);
            if (m != reference) {
                full.addmul(q[m], work[W::lead], work.excess[m]);
            }
            full.add(q[m], q[m], work[W::lead]);
        }
    }
    full.add(point.sigma[0], point.sigma[0], work[W::dsigma]);
}

void set_long_double(arf_ptr z, long double x) {
    const auto high = static_cast<double>(x);
    const Arithmetic exact{64};
    arf_t low;
    arf_init(low);
    arf_set_d(z, high);
    arf_set_d(low, static_cast<double>(x - static_cast<long double>(high)));
    exact.add(z, z, low);
    arf_clear(low);
}

}  // namespace

NewtonSummary refine_class(const Rational& gamma_squared, long double log_gamma, long k,
                           const ClassStart& start, long bits, ClassPoint& point, ClassWorkspace& work) {
    const long classes = point.logits.size();
    const ClassStartOf<long double> polished = polish_class(log_gamma, k, start);
    for (long m = 0; m < classes; ++m) {
        set_long_double(point.logits[m], polished.logits[m]);
    }
    set_long_double(point.sigma[0], polished.sigma);
    set_gamma(work[ClassWorkspace::gamma], gamma_squared, bits + guard);
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
            softmax_at(full, k, point, work);
            const long before = -conditions_at(full, k, point, work);  // correct bits, about
            if (steps >= most_steps) {
                return summary;
            }
            const Arithmetic half{std::max(64L, std::min(before, full.bits) + 4)};
            const bool reached = 2 * before - guard >= wanted[rung];
            const bool exhausted = before >= wanted[rung];  // nothing is left to gain on this rung
            newton_step(half, full, k, point, work, rung == 0 && (reached || exhausted));
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
