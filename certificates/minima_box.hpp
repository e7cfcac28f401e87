// A box of directions and lengths of W's columns, and what follows for everything else at a stationary point
// in it.
#pragma once

#include <vector>

#include "certificates/interval.hpp"
#include "problem/configuration.hpp"

namespace ncverify::certificates {

/// Column i of V is sqrt(tau_i) v_i; v_i adds up to 0 and its largest entry, that of class `chart`, is 1. All
/// but one of the other entries are free.
struct ColumnBox {
    long chart = 0;
    Interval tau;
    std::vector<Interval> free;  ///< K - 2 entries, of the other classes but the last, in order
};

struct MinimaBox {
    std::vector<ColumnBox> columns;
    long depth = 0;
};

/// The constants of the scaled problem, as intervals.
struct MinimaConstants {
    long classes = 0, dimension = 0;
    std::vector<Interval> pull_squared;  ///< g_k^2
    std::vector<Interval> slope;         ///< g_k / sqrt(n_k)
    Interval top;                        ///< F where all features are zero: no local minimum is higher
};
MinimaConstants minima_constants(const Configuration& configuration);

/// What every stationary point in a box has: with probabilities p_k of class k's logits,
/// gain_ki = v_ik - p_k.v_i, the features u_ki are sqrt(tau_i) g_k max(0, gain_ki).
struct Surroundings {
    bool empty = false;                       ///< no v in the box adds up to 0
    std::vector<std::vector<Interval>> v;     ///< [coordinate][class]
    std::vector<std::vector<Interval>> p;     ///< [class][class]
    std::vector<std::vector<Interval>> gain;  ///< [class][coordinate]
};
Surroundings surroundings(const MinimaConstants& constants, const MinimaBox& box);

/// Whether the equations of stationarity rule the box out: V's gradient, coordinate by coordinate, in which
/// its length cancels; or a length beyond what the loss where all is zero allows.
bool no_stationary_point(const MinimaConstants& constants, const MinimaBox& box, const Surroundings& around);

}  // namespace ncverify::certificates
