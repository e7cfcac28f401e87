// Where libFuzzer, or the replay of a corpus, hands an input to a harness.
#include <cstddef>
#include <cstdint>

#include "fuzz/promises.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ncverify::fuzz::try_input(std::string(reinterpret_cast<const char*>(data), size));
    return 0;
}
