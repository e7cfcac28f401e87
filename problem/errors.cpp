#include "problem/errors.hpp"

namespace ncverify {

std::string printable(const std::string& text) {
    std::string result;
    for (const char character : text.substr(0, 60)) {
        const auto code = static_cast<unsigned char>(character);
        result += (code < 32 || code > 126) ? '?' : character;
    }
    return text.size() > 60 ? result + "..." : result;
}

}  // namespace ncverify
