// The kernel for avx512. Compiled with its instructions,
// so it must include no library whose code others share.
#define NCVERIFY_LANES avx512
#include "screen/kernel/engine_avx512.hpp"

#include "screen/kernel/engine_body.hpp"

namespace ncverify::screen {

using namespace avx512;

Engine<float> avx512_single() {
    return engine<Pack<float, 16>>("avx512");
}
Engine<double> avx512_double() {
    return engine<Pack<double, 8>>("avx512");
}
Engine<float> avx512_single_one() {
    return engine<One<float>>("avx512, one at a time");
}
Engine<double> avx512_double_one() {
    return engine<One<double>>("avx512, one at a time");
}

}  // namespace ncverify::screen
