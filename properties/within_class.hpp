// Within-class collapse at a computed point of the samples form: class means, and how far from them the
// samples are.
#pragma once

#include <string>

#include "certificates/certificate.hpp"

namespace ncverify::properties {

/// Means of the columns of each class, d x K.
/// @param features  H, d x N, class by class
Matrix<Multiprecision> class_means(const Configuration& configuration,
                                   const Matrix<Multiprecision>& features);

/// max ||h_ki - h_k|| over all samples, h_k the mean of class k, from the certificate's decimals in exact
/// rationals; a decimal of `digits` digits rounded up, "0" only where all samples of each class are equal.
std::string within_class_spread(const certificates::Certificate& certificate, long digits);

}  // namespace ncverify::properties
