// A leaf around the minimiser: no point of its cones has a loss below the minimiser's, for the loss is convex
// there.
#pragma once

#include <optional>

#include "certificates/cones.hpp"
#include "certificates/point.hpp"

namespace ncverify::certificates {

/// The certificate's point with all that a leaf needs of it. At the precision of the innermost
/// PrecisionScope.
struct DifferentiatedPoint {
    Matrix<Enclosure> classifier;           ///< W, K x d
    Matrix<Enclosure> features;             ///< H, d x K
    Matrix<Enclosure> classifier_gradient;  ///< dL0/dW there
    Matrix<Enclosure> feature_gradient;     ///< dL0/dH
    Enclosure loss;
};
DifferentiatedPoint differentiated_point(const Configuration& configuration, const EnclosedPoint& point);

/// Its image under a symmetry of the problem; nothing where the permutation of classes is none.
std::optional<DifferentiatedPoint> image_of(const Configuration& configuration,
                                            const DifferentiatedPoint& point, const PointImage& image);

/// What a leaf's cones and probabilities say of every point in them whose loss is at most the evaluated
/// point's: it lies in a box, the loss is convex on the hull of the box and the evaluated point, and so it is
/// lower by no more than the number returned. Nothing where one of these steps does not go through.
/// @param cones  the leaf's, one for each coordinate, of which `supports` is true
/// @param entropy  encloses sum_k omega_k n_k/N Ent(p_k)
std::optional<Enclosure> deepest_below(const Configuration& configuration, const DifferentiatedPoint& point,
                                       const std::vector<Cone>& cones, const Matrix<Enclosure>& probabilities,
                                       const Enclosure& entropy);

}  // namespace ncverify::certificates
