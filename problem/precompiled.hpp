// What nearly every file includes, parsed once.
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
#include <nlohmann/json.hpp>
#include <string>
#include <vector>
