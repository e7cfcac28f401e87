// The kernel on a GPU: what the program calls, whether or not it was built with CUDA.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "screen/kernel/sample.hpp"
#include "screen/kernel/summary.hpp"

namespace ncverify::screen {

/// Results of `cuda_solve`, in the order of the cases.
template <typename S>
struct CudaResults {
    std::vector<Summary> summaries;
    /// V and U of each case, padded as LaneView says; `numbers` of them to a case.
    std::vector<S> points;
    std::size_t numbers = 0;
    int padded = 0;
};

/// The GPU's name; empty where there is none, or the program was built without CUDA. `why` then says which.
std::string cuda_device(std::string& why);

/// Solves cases of one shape, with class weights or without, on the GPU, each by one thread with the kernel's
/// own code: the same bits as on the CPU. Throws std::runtime_error where CUDA reports an error.
template <typename S>
CudaResults<S> cuda_solve(std::uint64_t seed, Shape shape, const std::vector<std::uint64_t>& numbers,
                          bool weighted);

}  // namespace ncverify::screen
