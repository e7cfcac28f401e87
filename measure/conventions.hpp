// By how much a convention moves a number: what other programs would print for the same network.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "measure/measurement.hpp"

namespace ncverify::measure {

/// One metric under one other choice than the one made here.
struct Convention {
    std::string metric;  ///< as JSON names it
    std::string choice;  ///< what is done otherwise
    std::optional<double> value;
};

/// The choices in which programs differ: the centre, 1/K or 1/N, 1/(n-1), where the pseudo-inverse is cut.
std::vector<Convention> conventions(const Measurement& measured);

/// K NC1, with the singular values of the centred class means above `cut` alone.
double nc1_above(const Measurement& measured, double cut);

}  // namespace ncverify::measure
