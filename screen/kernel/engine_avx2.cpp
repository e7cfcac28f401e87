// The kernel for avx2. Compiled with its instructions, so it must include no library whose code others share.
#define NCVERIFY_LANES avx2
#include "screen/kernel/engine_avx2.hpp"

#include "screen/kernel/engine_body.hpp"

namespace ncverify::screen {

using namespace avx2;

Engine<float> avx2_single() {
    return engine<Pack<float, 8>>("avx2");
}
Engine<double> avx2_double() {
    return engine<Pack<double, 4>>("avx2");
}
Engine<float> avx2_single_one() {
    return engine<One<float>>("avx2, one at a time");
}
Engine<double> avx2_double_one() {
    return engine<One<double>>("avx2, one at a time");
}

}  // namespace ncverify::screen
