// Case: a configuration, a seed and a number of digits; everything a check looks at derives from it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "certificates/implied_bounds.hpp"
#include "problem/configuration.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::properties {

/// What a case is made of, and what its replay token says.
struct CaseKey {
    Configuration configuration;
    std::uint64_t seed = 1;
    long digits = 50;
};

}  // namespace ncverify::properties
