// The paper on trial: Dang, Tran, Nguyen, Ho, "Neural Collapse for Cross-entropy Class-Imbalanced Learning
// with Unconstrained ReLU Feature Model" (arXiv 2401.02058v1, 2024).
#pragma once

#include "trial/paper.hpp"

namespace ncverify::properties {

/// Everything of it that the engine uses. Its instances are `Configuration`s, its cases `properties::Case`s.
const trial::Paper& paper();

}  // namespace ncverify::properties
