// Is there a local minimum close to a point in which coordinates may serve several classes?
#pragma once

#include <string>

#include "certificates/point.hpp"

namespace ncverify::certificates {

struct LocalMinimum {
    bool proven = false;
    std::string reason;  ///< empty where proven, else what does not apply or could not be decided
    Enclosure value;     ///< L0 there
    Enclosure distance;  ///< at most that far away in the scaled variables, see local_minimum.cpp
};

/// Proves that near a point in class-means form there is a local minimum of problem (4) with the same zeros
/// (no feasible point close to it has a lower loss), whatever its structure: the checker assumes neither
/// disjoint supports nor that the minimum is global. Several coordinates that serve one class alone are
/// turned into one, along which the loss is constant; on what is left the Hessian is proven positive definite
/// throughout a box, in which the gradient is too small for the minimum to lie outside; and the gradient is
/// proven positive at every zero feature. Refused: an unused coordinate, a point that is too inaccurate for
/// this, and minima along which the loss is constant for another reason.
/// Evaluated at the precision of the innermost PrecisionScope. @param point  exact, as `enclosed_point` reads
LocalMinimum local_minimum(const Configuration& configuration, const EnclosedPoint& point);

}  // namespace ncverify::certificates
