// Arguments of the public functions, checked, and the values inside that they stand for.
#pragma once

#include "ncverify/configuration.hpp"
#include "problem/configuration.hpp"

namespace ncverify::library {

/// Throws InputError for what is no configuration.
Configuration checked(const api::Configuration& configuration);

api::Configuration as_given(const Configuration& configuration);

/// `value`, where it lies in [smallest, largest]; throws InputError naming `where` elsewhere.
long long checked(long long value, const char* where, long long smallest, long long largest);

/// Threads to work with where `jobs` are asked for, 0: all cores. No more than there are cores: TBB would
/// have no more and say so on standard error. Throws InputError naming "jobs".
int threads(long long jobs);

}  // namespace ncverify::library
