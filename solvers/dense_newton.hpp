// Newton's method on all free variables at once: for points in which coordinates serve several classes.
#pragma once

#include <optional>

#include "solvers/refine.hpp"

namespace ncverify::solvers {

/// Refines a point of the search to a stationary point of problem (4), without assuming anything of its
/// shape. With fewer coordinates than classes want, coordinates are shared, the problem does not decouple,
/// and this is what is left: Levenberg's method on the Hessian of F in the free variables, the damping in
/// proportion to the gradient, so that it converges quadratically on manifolds of minimisers too, at doubling
/// precision. One step costs O((K d)^3). Returns nothing where that is too large (more than 1200 free
/// variables) or where the iteration does not converge.
std::optional<Minimizer> refine_dense(const Configuration& configuration, const ScaledPoint& point,
                                      long digits);

}  // namespace ncverify::solvers
