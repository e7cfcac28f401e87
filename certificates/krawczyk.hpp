// Is there a true stationary point close to a certificate's point? Krawczyk's test, one coordinate at a time.
#pragma once

#include <string>

#include "certificates/certificate.hpp"

namespace ncverify::certificates {

/// More classes than this are not tested: the work grows with K^4.
inline constexpr long largest_krawczyk_classes = 40;

struct NearbyMinimiser {
    bool proven = false;
    std::string reason;         ///< empty where proven, else why not: what does not apply or is undecided
    Enclosure radius;           ///< exact, no smaller than any |entry - true entry| of W and H
    Enclosure relative_radius;  ///< the same, over the largest |w| of the coordinate, over h for a feature
};

/// Proves, for a point in class-means form where each coordinate serves at most one class and each class at
/// most one coordinate, that within `radius` of it lies a point (W*,H*) that
///   - has the same zeros, and satisfies all first-order conditions of problem (4): the gradient vanishes
///     in W and where H* > 0, and is strictly positive at the zero features of coordinates in use;
///   - has a positive definite Hessian on its support, throughout a box that contains both points. Hence it
///     is a strict local minimiser among points that leave unused coordinates at zero, and its loss is at
///     most that of the certificate's point: within the certificate's gap of the global minimum, and all
///     that the gap implies holds for it.
/// An unused coordinate must have W exactly zero; then both gradients vanish there identically, and a class
/// with no coordinate must not gain to second order by moving into it, n_k < c^2 K^2/(K-1)^2, decided in
/// rationals. At equality the point is degenerate and the test refuses. README.md has the derivation.
/// Works at the certificate's digits + 30, then at twice that; sets its own precision.
NearbyMinimiser nearby_minimiser(const Certificate& certificate);

}  // namespace ncverify::certificates
