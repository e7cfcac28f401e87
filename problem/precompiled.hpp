// What nearly every file includes, parsed once. Not nlohmann-json: the few files that need it pay for it
// themselves, a second each, as all would if it stood here.
#pragma once

#include <fmt/format.h>
#include <gmp.h>
#include <mpfr.h>

#include <Eigen/Core>
#include <algorithm>
#include <boost/multiprecision/eigen.hpp>
#include <boost/multiprecision/gmp.hpp>
#include <boost/multiprecision/mpfr.hpp>
#include <cmath>
#include <map>
#include <string>
#include <vector>
