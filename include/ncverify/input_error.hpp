// Bad input: the one exception type of the library.
#pragma once

#include <stdexcept>
#include <string>

namespace ncverify {

/// Input that cannot be used. Thrown before any work starts; what() is one line, "where: problem; expected
/// ..", whatever the input: control characters that come with it are question marks. Numerical failure is
/// never reported this way.
class InputError : public std::runtime_error {
  public:
    InputError(const std::string& problem, const std::string& where, const std::string& expected)
        : std::runtime_error(one_line(where + ": " + problem + "; expected " + expected)),
          problem(one_line(problem)),
          where(one_line(where)),
          expected(one_line(expected)) {}

    std::string problem;   ///< what is wrong, with the offending value
    std::string where;     ///< the option, file or key that it stands in
    std::string expected;  ///< what would be right

  private:
    static std::string one_line(std::string text) {
        for (char& character : text) {
            const auto code = static_cast<unsigned char>(character);
            character = code < 32 || code == 127 ? '?' : character;
        }
        return text;
    }
};

}  // namespace ncverify
