// A toy paper for the engine's tests: three claims about positive integers, one of them false, and a control.
#pragma once

#include "trial/paper.hpp"

namespace ncverify::toy {

/// Its instances are `long`s, its one theorem "the sum of the first n odd numbers is n^2".
const trial::Paper& paper();

}  // namespace ncverify::toy
