// The engine compiled for avx512; call it only where the processor has it.
#pragma once

#include "measure/kernel/engine.hpp"

namespace ncverify::measure::kernel {

Engine avx512_engine();

}  // namespace ncverify::measure::kernel
