#include "bottleneck/symmetry.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace ncverify::bottleneck {

std::vector<Image> images(const Configuration& configuration, const Matrix<double>& classifier) {
    Small unit = classifier;
    for (Eigen::Index i = 0; i < unit.cols(); ++i) {
        unit.col(i).array() -= unit.col(i).mean();
        const double norm = unit.col(i).norm();
        unit.col(i) /= norm > 0 ? norm : 1;
    }
    std::vector<Image> result;
    for (const Order& classes : class_symmetries(configuration)) {
        Order coordinates(static_cast<std::size_t>(unit.cols()));
        std::iota(coordinates.begin(), coordinates.end(), 0);
        do {
            Image image{{classes, coordinates}, unit};
            for (Eigen::Index k = 0; k < unit.rows(); ++k) {
                for (Eigen::Index i = 0; i < unit.cols(); ++i) {
                    image.directions(k, i) =
                        unit(classes[static_cast<std::size_t>(k)], coordinates[static_cast<std::size_t>(i)]);
                }
            }
            result.push_back(std::move(image));
        } while (std::next_permutation(coordinates.begin(), coordinates.end()));
    }
    return result;
}

Symmetry nearest(const std::vector<Image>& images, const Small& directions) {
    double least = std::numeric_limits<double>::infinity();
    const Image* best = &images.front();
    for (const Image& image : images) {
        const double distance = (image.directions - directions).colwise().norm().maxCoeff();
        if (distance < least) {
            least = distance;
            best = &image;
        }
    }
    return best->symmetry;
}

}  // namespace ncverify::bottleneck
