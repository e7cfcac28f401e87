// The kernel on a GPU: one thread to a case, the next case as soon as one has ended.
#include <algorithm>
#include <memory>
#include <stdexcept>

#include "screen/kernel/cuda.hpp"
#include "screen/kernel/cuda_feed.hpp"

namespace ncverify::screen {

namespace {

using namespace portable;

void require(cudaError_t status) {
    if (status != cudaSuccess) {
        throw std::runtime_error(std::string("CUDA: ") + cudaGetErrorString(status));
    }
}

struct Free {
    void operator()(void* memory) const { cudaFree(memory); }
};
template <typename T>
using OnDevice = std::unique_ptr<T, Free>;

template <typename T>
OnDevice<T> on_device(std::size_t count) {
    void* memory = nullptr;
    require(cudaMalloc(&memory, count * sizeof(T)));
    return OnDevice<T>(static_cast<T*>(memory));
}

constexpr int threads = 64;  // to a block

// `Numbers` of a thread's own memory: consecutive threads' lie side by side, as the lanes' do on the CPU.
template <typename S, int Numbers>
__global__ void __launch_bounds__(threads) solve(CudaJob<S> job) {
    One<S> storage[Numbers];
    cuda_thread(job, storage);
}

template <typename S, int Numbers>
void launch(const CudaJob<S>& job) {
    int device = 0, processors = 0, blocks = 0;
    require(cudaGetDevice(&device));
    require(cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, device));
    require(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, solve<S, Numbers>, threads, 0));
    const int wanted = static_cast<int>((job.count + threads - 1) / threads);
    solve<S, Numbers><<<std::min(wanted, std::max(1, blocks) * processors), threads>>>(job);
    require(cudaGetLastError());
}

// Thread memory for K, d <= 8; for 16; and for all.
// (In double for all alone: each kernel takes long to compile.)
template <typename S>
void launch_smallest(const CudaJob<S>& job) {
    constexpr int small = 480, middle = 1856, large = 13440;
    const int size = Arena<One<S>>::size(job.shape.classes, job.shape.dimension);
    if (size > large) {
        throw std::runtime_error("CUDA: K or d too large");
    }
    if constexpr (sizeof(S) == sizeof(float)) {
        if (size <= small) {
            return launch<S, small>(job);
        }
        if (size <= middle) {
            return launch<S, middle>(job);
        }
    }
    launch<S, large>(job);
}

}  // namespace

std::string cuda_device(std::string& why) {
    int devices = 0;
    const cudaError_t status = cudaGetDeviceCount(&devices);
    if (status != cudaSuccess || devices == 0) {
        why = status != cudaSuccess ? cudaGetErrorString(status) : "no CUDA device";
        return "";
    }
    cudaDeviceProp properties{};
    require(cudaGetDeviceProperties(&properties, 0));
    return properties.name;
}

template <typename S>
CudaResults<S> cuda_solve(std::uint64_t seed, Shape shape, const std::vector<std::uint64_t>& numbers,
                          bool weighted) {
    CudaResults<S> results;
    using A = Arena<One<S>>;
    results.padded = A::up(shape.classes, A::narrow_columns);
    results.numbers = static_cast<std::size_t>(2 * results.padded * A::up(shape.dimension, A::block_rows));
    results.summaries.resize(numbers.size());
    results.points.resize(numbers.size() * results.numbers);
    const auto cases = on_device<std::uint64_t>(numbers.size());
    const auto summaries = on_device<Summary>(numbers.size());
    const auto points = on_device<S>(results.points.size());
    const auto next = on_device<std::uint32_t>(1);
    require(cudaMemcpy(cases.get(), numbers.data(), numbers.size() * sizeof(std::uint64_t),
                       cudaMemcpyHostToDevice));
    require(cudaMemset(next.get(), 0, sizeof(std::uint32_t)));
    launch_smallest<S>({seed, shape, cases.get(), static_cast<std::uint32_t>(numbers.size()), next.get(),
                        summaries.get(), points.get(), weighted});
    require(cudaMemcpy(results.summaries.data(), summaries.get(), numbers.size() * sizeof(Summary),
                       cudaMemcpyDeviceToHost));
    require(cudaMemcpy(results.points.data(), points.get(), results.points.size() * sizeof(S),
                       cudaMemcpyDeviceToHost));
    return results;
}

template CudaResults<float> cuda_solve(std::uint64_t, Shape, const std::vector<std::uint64_t>&, bool);
template CudaResults<double> cuda_solve(std::uint64_t, Shape, const std::vector<std::uint64_t>&, bool);

}  // namespace ncverify::screen
