// The engines compiled for avx2; call them only where the processor has it.
#pragma once

#include "screen/kernel/engine.hpp"

namespace ncverify::screen {

Engine<float> avx2_single();
Engine<double> avx2_double();
Engine<float> avx2_single_one();
Engine<double> avx2_double_one();

}  // namespace ncverify::screen
