// Whole files, read with a limit.
#pragma once

#include <string>

namespace ncverify::files {

/// Reads a whole file, pipe or, as "-" or /dev/stdin, standard input. A named pipe is waited for 10 seconds
/// at most. Throws InputError naming `where` where it cannot be read or is larger than `largest` bytes.
std::string read_file(const std::string& path, const std::string& where, long long largest = 1LL << 31);

}  // namespace ncverify::files
