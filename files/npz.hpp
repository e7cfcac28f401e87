// NumPy archives: matrices out, for programs that read .npz.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ncverify::files {

/// An uncompressed .npz archive of two-dimensional float64 arrays in row-major order, by name, written to
/// `path` whole or not at all; with them, where there are any, `labels` as a one-dimensional int64 array Y.
/// Throws InputError, naming `where` or `path`, where it cannot be written.
void write_npz(const std::string& path, const std::string& where,
               const std::vector<std::pair<std::string, Eigen::MatrixXd>>& arrays,
               const std::vector<std::int64_t>& labels = {});

using RowsOfFloats = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The same of float32 arrays.
void write_npz_of_floats(const std::string& path, const std::string& where,
                         const std::vector<std::pair<std::string, RowsOfFloats>>& arrays,
                         const std::vector<std::int64_t>& labels = {});

}  // namespace ncverify::files
