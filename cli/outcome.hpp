// A command's result on its way out.
#pragma once

#include <functional>
#include <vector>

namespace ncverify::cli {

/// Writes the files of a result, then prints it. Where a file cannot be written (a full disk) the others are
/// written and the result is printed all the same; then an InputError says what is missing.
void write_then_print(const std::vector<std::function<void()>>& writes, const std::function<void()>& print);

}  // namespace ncverify::cli
