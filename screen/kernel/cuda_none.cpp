// Where the program is built without CUDA.
#include <stdexcept>

#include "screen/kernel/cuda.hpp"

namespace ncverify::screen {

std::string cuda_device(std::string& why) {
    why = "this ncverify was built without CUDA (configure with -DNCVERIFY_CUDA=ON where nvcc is)";
    return "";
}

template <typename S>
CudaResults<S> cuda_solve(std::uint64_t, Shape, const std::vector<std::uint64_t>&, bool) {
    throw std::runtime_error("built without CUDA");
}

template CudaResults<float> cuda_solve(std::uint64_t, Shape, const std::vector<std::uint64_t>&, bool);
template CudaResults<double> cuda_solve(std::uint64_t, Shape, const std::vector<std::uint64_t>&, bool);

}  // namespace ncverify::screen
