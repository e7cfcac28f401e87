// Within-class collapse at a computed point of the samples form: how far samples are from their class's mean.
#pragma once

#include <string>

#include "certificates/certificate.hpp"

namespace ncverify::properties {

/// max ||h_ki - h_k|| over all samples, h_k the mean of class k, from the certificate's decimals in exact
/// rationals; a decimal of `digits` digits rounded up, "0" only where all samples of each class are equal.
std::string within_class_spread(const certificates::Certificate& certificate, long digits);

}  // namespace ncverify::properties
