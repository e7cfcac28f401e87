#include "files/npz.hpp"

#include <zip.h>

#include <bit>
#include <cstring>

#include "files/atomic_file.hpp"
#include "problem/errors.hpp"

namespace ncverify::files {

namespace {

static_assert(std::endian::native == std::endian::little, "the header below says little-endian");

// NumPy's format 1.0: magic, length of the header, a Python dict padded to a multiple of 64 bytes; then data.
std::string npy_header(const std::string& type, const std::string& shape) {
    std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    constexpr std::size_t prefix = 10;
    header.append(63 - (prefix + header.size()) % 64, ' ');
    header += '\n';
    std::string text("\x93NUMPY\x01\x00", 8);
    text += static_cast<char>(header.size() & 0xff);
    text += static_cast<char>(header.size() >> 8);
    return text + header;
}

template <typename Number>
void append(std::string& text, Number number) {
    char bytes[sizeof(Number)];
    std::memcpy(bytes, &number, sizeof(Number));
    text.append(bytes, sizeof(Number));
}

template <typename Matrix>
std::string npy(const Matrix& matrix) {
    const std::string type = sizeof(typename Matrix::Scalar) == 4 ? "<f4" : "<f8";
    std::string text = npy_header(type, std::to_string(matrix.rows()) + ", " + std::to_string(matrix.cols()));
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
        for (Eigen::Index j = 0; j < matrix.cols(); ++j) {
            append(text, matrix(i, j));
        }
    }
    return text;
}

std::string npy(const std::vector<std::int64_t>& values) {
    std::string text = npy_header("<i8", std::to_string(values.size()) + ",");
    for (const std::int64_t value : values) {
        append(text, value);
    }
    return text;
}

// The members, each a name and the text of its file, as an archive at `path`.
void write_archive(const std::string& path, const std::string& where,
                   const std::vector<std::pair<std::string, std::string>>& members) {
    // Built in memory by libzip, then written in one go like every other file.
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(buffer);
    zip_t* archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
    bool written = archive != nullptr;
    for (const auto& [name, member] : members) {  // libzip reads them when the archive closes
        if (written) {
            zip_source_t* source = zip_source_buffer(archive, member.data(), member.size(), 0);
            const zip_int64_t place =
                zip_file_add(archive, (name + ".npy").c_str(), source, ZIP_FL_ENC_UTF_8);
            written =
                place >= 0 &&
                zip_set_file_compression(archive, static_cast<zip_uint64_t>(place), ZIP_CM_STORE, 0) == 0 &&
                zip_file_set_dostime(archive, static_cast<zip_uint64_t>(place), 0, 0x21, 0) ==
                    0;  // 1980: the same bytes every time
        }
    }
    written = archive != nullptr && zip_close(archive) == 0 && written;
    std::string bytes;
    zip_stat_t status;
    if (written && zip_source_stat(buffer, &status) == 0 && zip_source_open(buffer) == 0) {
        bytes.resize(status.size);
        written = zip_source_read(buffer, bytes.data(), status.size) == static_cast<zip_int64_t>(status.size);
        zip_source_close(buffer);
    }
    zip_source_free(buffer);
    zip_error_fini(&error);
    if (!written || bytes.empty()) {
        throw InputError("cannot build the archive '" + printable(path) + "'", where,
                         "a smaller problem, or a .json file");
    }
    write_atomically(path, bytes);
}

template <typename Matrix>
void write(const std::string& path, const std::string& where,
           const std::vector<std::pair<std::string, Matrix>>& arrays,
           const std::vector<std::int64_t>& labels) {
    std::vector<std::pair<std::string, std::string>> members;
    for (const auto& [name, matrix] : arrays) {
        members.emplace_back(name, npy(matrix));
    }
    if (!labels.empty()) {
        members.emplace_back("Y", npy(labels));
    }
    write_archive(path, where, members);
}

}  // namespace

void write_npz(const std::string& path, const std::string& where,
               const std::vector<std::pair<std::string, Eigen::MatrixXd>>& arrays,
               const std::vector<std::int64_t>& labels) {
    write(path, where, arrays, labels);
}

void write_npz_of_floats(const std::string& path, const std::string& where,
                         const std::vector<std::pair<std::string, RowsOfFloats>>& arrays,
                         const std::vector<std::int64_t>& labels) {
    write(path, where, arrays, labels);
}

}  // namespace ncverify::files
