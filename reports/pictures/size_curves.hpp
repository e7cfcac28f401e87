// Size curves: the theorem as functions of one class's size, for the figures that draw it against size.
#pragma once

#include <functional>

#include "theory/closed_form.hpp"

namespace ncverify::reports {

/// Theorem 1 and Proposition 1 as functions of one class's size, n, with all else as it is: N, the weight
/// decays, the other classes. Theory evaluates them at the counts of a configuration only; a curve needs
/// every real n between. In double precision.
struct SizeCurves {
    double classes, c, ratio, prefactor, sum;
    std::function<double(double)> weight;  ///< omega of a class of n samples

    /// @param form    of this configuration
    /// @param weight  1 for the paper's problem
    SizeCurves(const Configuration& configuration, const theory::ClosedForm& form,
               std::function<double(double)> weight);

    /// omega^2 n / T: the class collapses where it is at most 1.
    double over_threshold(double n) const;
    double margin(double n) const;
    double feature_norm(double n) const;
    double classifier_norm(double n) const;
    /// Cosine of two classifiers whose classes have the same size.
    double cosine(double n) const;
    /// Where the feature norm is largest, for weights of 1.
    double turning_point() const;

  private:
    double weighted_margin(double n) const;  ///< a = sqrt(n) M, Proposition 1
};

}  // namespace ncverify::reports
