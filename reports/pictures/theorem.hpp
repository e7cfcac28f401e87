// The theorem's side of the pictures, as matrices.
#pragma once

#include "problem/objective.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::reports {

/// H^T H of the class means, (8) and (9).
Matrix<Enclosure> feature_gram(const theory::ClosedForm& form);
/// Z = W H, (11) and (12); class k is column k.
Matrix<Enclosure> logits(const theory::ClosedForm& form);

}  // namespace ncverify::reports
