// The measurement of arrays in memory, with its page.
#pragma once

#include <pybind11/pybind11.h>

namespace ncverify::python {

/// Adds `measure` and what it returns to the module.
void add_measure(pybind11::module_& module);

}  // namespace ncverify::python
