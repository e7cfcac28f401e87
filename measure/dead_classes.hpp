// Classes at zero that need not be: what "dead" means here, and what that alone costs.
#pragma once

#include <vector>

#include "problem/objective.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::measure {

struct DeadClasses {
    std::vector<Eigen::Index>
        classes;               ///< M_k > 0, and the mean is shorter than `dead_share` of the theorem's
    bool exactly_zero = true;  ///< the features of all of them: then the cost is proven
    Enclosure cost;            ///< L(D) - L* (docs/model.md, The landscape)
};

/// A class whose mean is shorter than this share of the theorem's counts as dead.
inline constexpr double dead_share = 1e-3;

/// At the precision of the innermost PrecisionScope.
/// @param feature_gram  h_k . h_l, K x K
/// @param spread        sum_i ||h_ki - h_k||^2, K of them
/// @param counts        of the samples measured; classes without any are left out
DeadClasses dead_classes(const Configuration& configuration, const theory::ClosedForm& form,
                         const Matrix<double>& feature_gram, const std::vector<double>& spread,
                         const std::vector<long long>& counts);

}  // namespace ncverify::measure
