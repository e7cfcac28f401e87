// One class's softmax and optimality conditions at any precision: what a Newton step starts from.
#pragma once

#include <vector>

#include "problem/configuration.hpp"
#include "solvers/floats.hpp"

namespace ncverify::solvers {

/// The stationary point of one class k in its own coordinates.
///
/// With u_k = rho t (direction t >= 0 fixed) and V = sum_k v_k t_k^T, F decouples. Its optimality conditions
/// are v = -rho q and rho = -q.v, where q = gamma_k (softmax(z) - e_k) is the scaled residual; eliminating v
/// leaves
///
///     z + sigma q(z) = 0,   ||q(z)|| = 1   (or rho = 0),   sigma = rho^2 ||t||^2 / sqrt(n_k).
///
/// In (z, sigma) the system is regular even at a class's threshold, where (v, rho) is not.
struct ClassPoint {
    explicit ClassPoint(long classes) : logits(classes), residual(classes) {}
    Floats logits;      ///< z, K entries
    Floats residual;    ///< q, K entries; sums to zero
    Float sigma;        ///< see above
    Float own_missing;  ///< 1 - softmax(z)_k
};

/// Everything that one class's iteration needs, allocated once. Logits other than the class's own are held
/// against one of them, the reference: as far as they lie close to it, and to that extent only, the numbers
/// below are short and the operations on them cheap.
struct ClassWorkspace {
    explicit ClassWorkspace(long classes)
        : difference(classes),
          excess(classes),
          balance(classes),
          group_q(classes),
          group_inverse(classes),
          group_slope(classes),
          group(static_cast<std::size_t>(classes)) {}
    Float term;  ///< whatever is about to be added to something: of no meaning beyond the next few lines

    // Of the class and its point: `softmax_at`.
    Float gamma;            ///< gamma_k; set by the caller
    Floats difference;      ///< z_m - z_reference
    Floats excess;          ///< exp(z_m - z_reference) - 1
    Float first, second;    ///< sums of the excesses, and of their squares
    Float missing, factor;  ///< sum of exp(z_m) over m != k; gamma over the sum of all exponentials
    Float own;              ///< softmax_k
    Float lead;             ///< q_reference

    // The optimality conditions: `conditions_at`.
    Float stretch;   ///< sigma q_reference
    Floats balance;  ///< z + sigma q
    Float squares;   ///< sum of q_m^2 over m != k
    Float norm;      ///< (||q||^2 - 1)/2

    // A Newton step, in its own, lower precision; class_newton.cpp has the equations.
    Float sigma, step_lead;     ///< sigma and q_reference, rounded
    Floats group_q;             ///< q_m, rounded; neighbours for which it is the same form a group
    Floats group_inverse;       ///< 1/D_m there
    Floats group_slope;         ///< s_m = q_m / D_m there; in the end times sigma P - dsigma
    std::vector<long> group;    ///< of each m != k
    Float group_balance;        ///< sum of balance_m over the group at hand
    Float a1, a2, b1, b2;       ///< sums over m != k of q r, q s, q^2 r and q^2 s
    Float spread;               ///< 1/gamma: softmax_m = spread q_m
    Float others_mean;          ///< sigma a2 + q_k
    Float c11, c12, c21, c22;   ///< the two equations for dsigma and P,
    Float e1, e2, determinant;  ///< their right-hand sides and determinant
    Float dsigma, mean;         ///< dsigma and P = sum_j softmax_j dz_j
    Float others;               ///< sum of dq_m over m != k
    Float scale;                ///< sigma P - dsigma
};

inline long reference_of(long k) {
    return k == 0 ? 1 : 0;
}

/// gamma_k = sqrt(gamma_squared), rounded.
void set_gamma(arf_ptr gamma, const Rational& gamma_squared, long bits);

/// The softmax at z: own, missing, first, second, factor, lead of `work` and own_missing, residual[k] of
/// `point`. A logit within 2^-(bits/8) of the reference takes a short series instead of a full exponential.
void softmax_at(const Arithmetic& with, long k, ClassPoint& point, ClassWorkspace& work);

/// The optimality conditions after `softmax_at`: balance, stretch, squares and norm. Returns e with all of
/// them below 2^e, relative to the size of z.
long conditions_at(const Arithmetic& with, long k, const ClassPoint& point, ClassWorkspace& work);

/// The point of a class that is zero: z = 0, softmax uniform.
void zero_class(const Rational& gamma_squared, long k, long bits, ClassPoint& point);

/// One evaluation of a class's loss and gradient, K exponentials and no shortcut: the unit in which
/// refinement is measured. Returns nothing; `scratch` receives q and the loss.
void evaluate_class(const Rational& gamma_squared, long k, const ClassPoint& point, long bits,
                    ClassPoint& scratch);

}  // namespace ncverify::solvers
