// Bad input: the one exception type of the library.
#pragma once

#include <stdexcept>
#include <string>

namespace ncverify {

/// Input that cannot be used. Thrown before any work starts; what() is one line, "where: problem; expected
/// ..". Numerical failure is never reported this way.
class InputError : public std::runtime_error {
  public:
    InputError(const std::string& problem, const std::string& where, const std::string& expected)
        : std::runtime_error(where + ": " + problem + "; expected " + expected),
          problem(problem),
          where(where),
          expected(expected) {}

    std::string problem;   ///< what is wrong, with the offending value
    std::string where;     ///< the option, file or key that it stands in
    std::string expected;  ///< what would be right
};

}  // namespace ncverify
