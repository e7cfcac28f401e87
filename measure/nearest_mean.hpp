// Which class mean is nearest to a sample: what NCC, the nearest class-centre classifier, answers.
#pragma once

#include <vector>

#include "problem/objective.hpp"

namespace ncverify::measure {

/// For samples given as deviations from their own class's mean. Ties go to the first class.
class NearestMean {
  public:
    /// @param distances  ||h_k - h_l||^2, K x K, which must outlive this; classes without samples are no
    ///                   candidates
    NearestMean(const Matrix<double>& distances, const std::vector<long long>& counts);

    /// True where a sample of class `label` is nearer to its own mean than half the way to any other: most
    /// samples of a trained network, for which nothing else needs to be computed.
    bool certainly_own(Eigen::Index label, double distance_squared) const {
        return distance_squared < quarter_of_nearest_[label];
    }
    /// @param inner  (h - h_label) . h_l, K of them
    Eigen::Index nearest(Eigen::Index label, const Vector<double>& inner) const;

  private:
    std::vector<Eigen::Index> candidates_;  ///< the first class of each mean
    const Matrix<double>& distances_;       ///< ||h_k - h_l||^2
    Vector<double> quarter_of_nearest_;     ///< of the squared distance to the nearest other mean
};

}  // namespace ncverify::measure
