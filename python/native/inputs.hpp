// Arguments from the Python side of the package, which has made texts and whole numbers of them.
#pragma once

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <vector>

#include "ncverify/configuration.hpp"

namespace ncverify::python {

using Counts = std::vector<long long>;
using Texts = std::vector<std::string>;

inline api::Configuration configuration(const Counts& counts, const std::string& lambda_w,
                                        const std::string& lambda_h, long long dim, const Texts& weights) {
    return {.counts = counts, .lambda_w = lambda_w, .lambda_h = lambda_h, .dim = dim, .weights = weights};
}

}  // namespace ncverify::python
