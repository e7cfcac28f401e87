// A certificate as theorems that Coq checks.
#pragma once

#include <string>

#include "certificates/certificate.hpp"

namespace ncverify::proofs {

/// A Coq file over the definitions of proofs/: the point and the slopes of `certificate` are feasible, the
/// point's loss is at most the upper bound that it claims, and every feasible point's loss, in every
/// dimension, at least the lower one. Throws InputError where the file would be too large to check.
std::string certificate_coq(const certificates::Certificate& certificate);

}  // namespace ncverify::proofs
