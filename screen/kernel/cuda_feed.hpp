// The feed of one GPU thread: takes case after case from a common counter and writes results where the host
// reads them. Also compiled for the CPU, where the tests run it.
#pragma once

#include "screen/kernel/descent.hpp"
#include "screen/kernel/start.hpp"

namespace ncverify::screen::NCVERIFY_LANES {

/// What all threads share.
template <typename S>
struct CudaJob {
    std::uint64_t seed;
    Shape shape;
    const std::uint64_t* numbers;  ///< of the cases
    std::uint32_t count;           ///< how many
    std::uint32_t* next;           ///< the first that no thread has taken
    Summary* summaries;            ///< by case
    S* points;                     ///< by case, V and U as the arena holds them
    bool weighted = false;         ///< with class weights
};

template <typename S>
class CudaFeed {
  public:
    using R = One<S>;
    NCVERIFY_DEVICE CudaFeed(const CudaJob<S>& job, const Arena<R>& arena) : job_(job), arena_(arena) {}

    NCVERIFY_DEVICE bool next(int) {
        at_ = take();
        if (at_ >= job_.count) {
            return false;
        }
        const LaneView<S> view = {arena_.classes,
                                  arena_.dimension,
                                  arena_.padded,
                                  arena_.entries(),
                                  1,
                                  &arena_.point->v,
                                  &arena_.inverse_root->v,
                                  &arena_.gamma->v,
                                  &arena_.weight->v,
                                  &arena_.inverse_scale->v};
        revivable_ = write_start(random_sample(job_.seed, job_.numbers[at_], job_.shape, job_.weighted),
                                 job_.seed, view);
        return true;
    }
    NCVERIFY_DEVICE std::uint32_t revivable(int) const { return revivable_; }
    NCVERIFY_DEVICE void done(int, const Summary& summary) {
        job_.summaries[at_] = summary;
        const int size = 2 * arena_.entries();
        S* point = job_.points + static_cast<std::uint64_t>(at_) * static_cast<std::uint64_t>(size);
        for (int j = 0; j < size; ++j) {
            point[j] = arena_.point[j].v;
        }
    }

  private:
    NCVERIFY_DEVICE std::uint32_t take() {
#ifdef __CUDA_ARCH__
        return atomicAdd(job_.next, 1U);
#else
        return (*job_.next)++;
#endif
    }
    const CudaJob<S>& job_;
    const Arena<R>& arena_;
    std::uint32_t at_ = 0, revivable_ = 0;
};

/// What one thread does, with `storage` of Arena<One<S>>::size numbers.
template <typename S>
NCVERIFY_DEVICE inline void cuda_thread(const CudaJob<S>& job, One<S>* storage) {
    const Arena<One<S>> arena(job.shape.classes, job.shape.dimension, storage);
    CudaFeed<S> feed(job, arena);
    Descent<One<S>>(arena).run(feed);
}

}  // namespace ncverify::screen::NCVERIFY_LANES
