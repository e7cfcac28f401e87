#include "fuzz/promises.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace ncverify::fuzz {

void require(bool kept, const char* promise) {
    if (!kept) {
        std::fprintf(stderr, "promise broken: %s\n", promise);
        std::abort();
    }
}

void require_one_line(const InputError& refusal) {
    constexpr std::size_t longest = 2000;
    const std::string text = refusal.what();
    require(text.size() <= longest, "a refusal is a line of moderate length");
    require(
        std::none_of(text.begin(), text.end(), [](unsigned char code) { return code < 32 || code == 127; }),
        "a refusal is one line without control characters");
}

}  // namespace ncverify::fuzz
