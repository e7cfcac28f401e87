// The checker: decides whether a certificate proves its claim. Knows neither solver nor theorem.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "certificates/certificate.hpp"
#include "certificates/losses.hpp"
#include "certificates/point.hpp"

namespace ncverify::certificates {

/// A certificate's point as it was evaluated.
struct EvaluatedPoint {
    TabledPoint point;
    ColumnLosses losses;
};

/// Proven enclosures of both bounds, whatever the certificate claims about them.
struct Bounds {
    bool feasible = false;                          ///< slopes and H satisfy the (rational) conditions
    std::string reason;                             ///< where they do not: which one fails
    Enclosure upper;                                ///< L0(W,H)
    Enclosure decays;                               ///< its two decay terms, which it is no smaller than
    Enclosure lower;                                ///< D(beta)
    Enclosure relative_gap;                         ///< (upper - lower) / lower
    std::shared_ptr<const EvaluatedPoint> at = {};  ///< from which they were computed; null where infeasible
};

/// What two proven enclosures come to.
enum class Verdict {
    proven,         ///< the claim holds
    not_proven,     ///< it certainly does not, or the point or the slopes are infeasible
    undecided,      ///< the enclosures are too wide to tell
    contradiction,  ///< the upper bound lies below the lower one: not both are sound, so the checker errs
};

struct Decision {
    Verdict verdict = Verdict::undecided;
    std::string reason;  ///< empty where proven
};

struct CheckResult {
    bool proven = false;
    bool contradiction = false;  ///< Verdict::contradiction
    std::string reason;          ///< empty where proven
    std::string upper_bound;     ///< proven, rounded up; empty where infeasible
    std::string lower_bound;     ///< proven, rounded down, and not below zero, as no loss is
    std::string relative_gap;    ///< proven, rounded up
    std::string gap;             ///< upper - lower, proven, rounded up
    Bounds bounds;               ///< the same as enclosures, from the last precision that was tried
    long digits = 0;             ///< that precision
};

/// D(beta) of docs/model.md (The dual bound), at the working precision; 0 log 0 = 0.
Enclosure dual_value(const Configuration& configuration, const std::vector<Rational>& slopes);

/// The feasible slopes at which D is largest, beta_k = min(c / sqrt(n_k), (K-1)/K): exactly (K-1)/K where
/// that is feasible, else rounded down to `digits` significant digits.
std::vector<Rational> best_slopes(const Configuration& configuration, long digits);

/// 0 <= beta_k < 1 and beta_k^2 n_k <= c^2, in rationals. Empty text where all hold, else which one fails.
std::string infeasible_slope(const Configuration& configuration, const std::vector<Rational>& slopes);

/// Evaluates both bounds at the precision of the innermost PrecisionScope.
Bounds evaluate_bounds(const Certificate& certificate);

/// True where the upper bound is certainly below the lower one: whatever they are bounds of, one is unsound.
bool contradictory(const Bounds& bounds);

/// Holds the claim against these bounds, at the precision of the innermost PrecisionScope. Bounds that
/// exclude each other prove nothing, whatever is claimed.
Decision decide(const Certificate& certificate, const Bounds& bounds);

/// Confirms feasibility in rationals and the claimed bounds and gap in interval arithmetic, raising the
/// precision until every comparison is decided or four times the certificate's digits have not sufficed.
/// What is certainly wrong at a few digits already is not looked at with many.
CheckResult check(const Certificate& certificate);

/// |value| outward-rounded decimal text: towards +infinity if `up`, else towards -infinity; `digits` digits.
std::string outward(const Enclosure& value, long digits, bool up);

/// The same of the lower end of a number known not to be negative: "0" where its enclosure reaches below.
std::string outward_nonnegative(const Enclosure& value, long digits);

}  // namespace ncverify::certificates
