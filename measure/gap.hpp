// The distance of a measured point from the optimum, in five parts, from sums over its samples.
#pragma once

#include "measure/measurement.hpp"

namespace ncverify::measure {

/// L0(W,H), with the cross-entropy as it was summed, a bias in it or not. At the precision of the innermost
/// PrecisionScope, the sums taken as exact. Parameters as below.
Enclosure loss_of(const Configuration& configuration, const Matrix<double>& classifier,
                  const Matrix<double>& means, const std::vector<ClassSums>& sums);

/// Evaluated at the precision of the innermost PrecisionScope, the sums in double precision taken as exact.
/// @param slopes      certificates::best_slopes(configuration, ..), of which the sums' `margin_excess` is
/// @param classifier  W, K x d
/// @param means       h_k in column k, d x K
Gap gap_of(const Configuration& configuration, const std::vector<Rational>& slopes,
           const Matrix<double>& classifier, const Matrix<double>& means, const std::vector<ClassSums>& sums);

}  // namespace ncverify::measure
