// Wrong points: what the minimiser is not, made of it.
#pragma once

#include <span>
#include <string>

#include "properties/case.hpp"

namespace ncverify::properties {

/// Another point, made of the minimiser.
struct WrongPoint {
    std::string name;    ///< "features not orthogonal"
    std::string spoils;  ///< what of the theorem it breaks: "(8)"
    /// @param sound  a case whose solution has been asked for
    FeasiblePoint (*made)(const Case& sound, FeasiblePoint minimiser);
};

/// All of them, in a fixed order.
std::span<const WrongPoint> wrong_points();

}  // namespace ncverify::properties
