// The engines compiled for avx512; call them only where the processor has it.
#pragma once

#include "screen/kernel/engine.hpp"

namespace ncverify::screen {

Engine<float> avx512_single();
Engine<double> avx512_double();
Engine<float> avx512_single_one();
Engine<double> avx512_double_one();

}  // namespace ncverify::screen
