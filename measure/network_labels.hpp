// The labels of a network's samples, as whole numbers or one-hot.
#pragma once

#include "measure/network.hpp"

namespace ncverify::measure {

/// Fills labels and counts. Throws InputError naming the first label that is none, or a class that has no
/// sample and must have one.
void read_labels(Network& network, long classes, const LabelReading& reading, bool one_hot);

}  // namespace ncverify::measure
