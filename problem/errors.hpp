// Bad input: the one exception type of the library.
#pragma once

#include <stdexcept>
#include <string>

namespace ncverify {

/// Input that cannot be used. Thrown before any work starts and caught once, in `cli/`, which prints the
/// message as one line and exits with status 2. Numerical failure is never reported this way.
class InputError : public std::runtime_error {
  public:
    /// @param what      what is wrong, with the offending value
    /// @param where     the option, file or key that it stands in
    /// @param expected  what would be right
    InputError(const std::string& what, const std::string& where, const std::string& expected)
        : std::runtime_error(where + ": " + what + "; expected " + expected) {}
    /// A message that already says all three.
    explicit InputError(const std::string& message) : std::runtime_error(message) {}
};

/// `text` made fit for a one-line message: control characters replaced, and cut to 60 characters.
inline std::string printable(const std::string& text) {
    std::string result;
    for (const char character : text.substr(0, 60)) {
        const auto code = static_cast<unsigned char>(character);
        result += (code < 32 || code > 126) ? '?' : character;
    }
    return text.size() > 60 ? result + "..." : result;
}

}  // namespace ncverify
