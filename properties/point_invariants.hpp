// Point invariants: what one point itself says of everything that claims about minimisers speak of.
#pragma once

#include <vector>

#include "properties/points.hpp"

namespace ncverify::properties {

/// The invariants of one point, enclosed, under the names of certificates::ImpliedBounds, whose bounds they
/// must keep to where the point's loss is at most U.
class PointInvariants {
  public:
    /// @param columns  of the point's features; class k's weights add up to n_k
    PointInvariants(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                    FeasiblePoint point);

    const FeasiblePoint& point() const { return point_; }
    /// Class means h_k, d x K.
    const Matrix<Enclosure>& means() const { return means_; }

    Enclosure logit(long m, std::size_t k) const;  ///< (W h_k)_m
    Enclosure margin(std::size_t k) const;         ///< own logit less the mean of the others
    Enclosure worst_margin(std::size_t k) const;   ///< own logit less the largest other
    /// The other logit farthest from the mean of all others.
    Enclosure logit_other(std::size_t k) const;
    Enclosure logit_sum(std::size_t k) const;
    Enclosure within_class_spread(std::size_t k) const;  ///< max_i ||h_ki - h_k||
    Enclosure feature_inner(long k, long j) const;
    Enclosure classifier_inner(long k, long j) const;
    Enclosure classifier_sum() const;  ///< || sum_k w_k ||
    /// || w_k - sum_m (K delta_km - 1) column_m h_m ||^2.
    Enclosure relation_defect_squared(long k, const std::vector<Enclosure>& column) const;
    /// ||W - V(H)||_F at these slopes.
    Enclosure classifier_defect(const std::vector<Enclosure>& slopes) const;
    Enclosure loss() const;  ///< L0(W, H)

  private:
    Configuration configuration_;
    std::vector<FeatureColumn> columns_;
    FeasiblePoint point_;
    Matrix<Enclosure> means_, logits_;  // d x K, K x K
};

}  // namespace ncverify::properties
