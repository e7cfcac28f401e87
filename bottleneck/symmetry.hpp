// The images of a point under the problem's symmetries, and which of them is nearest to given directions.
#pragma once

#include "bottleneck/tree.hpp"
#include "problem/objective.hpp"

namespace ncverify::bottleneck {

struct Image {
    Symmetry symmetry;
    Small directions;  ///< K x d: its columns less their means, of length 1 (or zero)
};

/// Every image of W under permutations of coordinates and of classes of equal count and weight.
std::vector<Image> images(const Configuration& configuration, const Matrix<double>& classifier);

/// The symmetry of the image whose worst column is nearest to the given one's, the first of several.
Symmetry nearest(const std::vector<Image>& images, const Small& directions);

}  // namespace ncverify::bottleneck
