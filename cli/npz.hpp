// NumPy archives: double-precision matrices out, for programs that read .npz.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "problem/objective.hpp"

namespace ncverify::cli {

/// An uncompressed .npz archive of two-dimensional float64 arrays in row-major order, by name, written to
/// `path` whole or not at all; with them, where there are any, `labels` as a one-dimensional int64 array Y.
/// Throws InputError where it cannot be written.
void write_npz(const std::string& path, const std::vector<std::pair<std::string, Matrix<double>>>& arrays,
               const std::vector<std::int64_t>& labels = {});

}  // namespace ncverify::cli
