// The box in which every point of a leaf's cones lies whose loss is small.
#pragma once

#include <optional>
#include <vector>

#include "certificates/cones.hpp"
#include "problem/objective.hpp"

namespace ncverify::certificates {

struct PointBox {
    Matrix<Enclosure> classifier;  ///< W less its columns' means, K x d
    Matrix<Enclosure> features;    ///< class means, d x K, >= 0
    bool empty = false;            ///< there is no such point
};

/// Encloses every (W,H), the columns of W of mean zero and in the cones, whose loss is at most `entropy` +
/// gap and at most `loss` (README.md, Trees: from the gap to a box). Nothing where the gap is too large to
/// tell.
std::optional<PointBox> leaf_box(const Configuration& configuration, const std::vector<Cone>& cones,
                                 const Matrix<Enclosure>& probabilities, const Enclosure& gap,
                                 const Enclosure& loss);

/// Encloses what lies in both; nothing where they certainly have nothing in common.
std::optional<Enclosure> intersection(const Enclosure& a, const Enclosure& b);

/// Encloses max(0, x).
Enclosure positive_part(const Enclosure& x);

/// The ball's middle, as the nearest double.
double middle_double(const Enclosure& x);

}  // namespace ncverify::certificates
