// The screen's kernel: configurations a second, vectorised and one at a time, beside the double solver, and
// the share of the processor's multiplications that an evaluation uses.
#include <benchmark/benchmark.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <memory>
#include <new>
#include <string>

#include "bench/multiplication_peak.hpp"
#include "problem/random.hpp"
#include "screen/kernel/start.hpp"
#include "screen/rejudge.hpp"
#include "solvers/search.hpp"

namespace {

using namespace ncverify;
using screen::Shape;

// Hands out cases one after the other, and only counts what comes back: the kernel alone.
class Count : public screen::Feed<float> {
  public:
    Count(Shape shape, std::uint64_t first, std::uint64_t count)
        : shape_(shape), next_(first), end_(first + count) {}
    bool next(int, const screen::LaneView<float>& view, std::uint32_t& revivable) override {
        if (next_ == end_) {
            return false;
        }
        revivable = write_start(screen::random_sample(1, next_++, shape_), 1, view);
        return true;
    }
    void done(int, const screen::LaneView<float>&, const screen::Summary& summary) override {
        evaluations += summary.evaluations;
        converged += summary.ending == screen::Ending::converged ? 1 : 0;
    }
    long evaluations = 0, converged = 0;

  private:
    Shape shape_;
    std::uint64_t next_, end_;
};

struct Free {
    void operator()(void* storage) const { ::operator delete(storage, std::align_val_t(64)); }
};
using Storage = std::unique_ptr<void, Free>;

Storage storage_for(const screen::Engine<float>& engine, Shape shape) {
    return Storage(::operator new(engine.bytes(shape), std::align_val_t(64)));
}

// `threads` threads with `cases` configurations each.
void solve_cases(benchmark::State& state, screen::Engine<float> engine, Shape shape, int threads,
                 long cases) {
    tbb::task_arena arena(threads);
    long evaluations = 0, converged = 0;
    for (auto _ : state) {
        std::vector<Count> feeds;
        for (int t = 0; t < threads; ++t) {
            feeds.emplace_back(shape, static_cast<std::uint64_t>(t * cases),
                               static_cast<std::uint64_t>(cases));
        }
        arena.execute([&] {
            tbb::parallel_for(0, threads, [&](int t) {
                const Storage storage = storage_for(engine, shape);
                engine.run(shape, feeds[static_cast<std::size_t>(t)], storage.get());
            });
        });
        for (const Count& feed : feeds) {
            evaluations += feed.evaluations;
            converged += feed.converged;
        }
    }
    const auto all = static_cast<double>(state.iterations() * threads * cases);
    state.counters["configurations"] = benchmark::Counter(all, benchmark::Counter::kIsRate);
    state.counters["evaluations_each"] = static_cast<double>(evaluations) / all;
    state.counters["converged"] = static_cast<double>(converged) / all;
}

// The double solver's search on the same configurations, one start each: it ends in more local minima.
void double_solver(benchmark::State& state, Shape shape) {
    std::uint64_t number = 0;
    for (auto _ : state) {
        state.PauseTiming();
        const Configuration configuration = screen::configuration_of(screen::random_sample(1, number, shape));
        const solvers::ScaledProblem problem = solvers::scaled_problem(configuration);
        state.ResumeTiming();
        solvers::StartRecord record;
        benchmark::DoNotOptimize(solvers::search(configuration, problem, solvers::SearchMethod::descent,
                                                 split_seed(1, number++), record));
    }
    state.counters["configurations"] =
        benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

// One evaluation of F and its gradient. Counted: 3 K^2 d fused multiply-adds of the products, and with them
// the 6 of each of the K (K-1) powers, as what a peak of multiply-adds could at most do.
void evaluation(benchmark::State& state, screen::Engine<float> engine, Shape shape) {
    constexpr int times = 1000;
    const Storage storage = storage_for(engine, shape);
    const bench::Peak peak = bench::multiplication_peak();
    for (auto _ : state) {
        engine.evaluate(shape, storage.get(), times);
    }
    const double K = shape.classes, d = shape.dimension;
    const double done = static_cast<double>(state.iterations()) * times * engine.lanes;
    state.counters["products_per_s"] = benchmark::Counter(done * 3 * K * K * d, benchmark::Counter::kIsRate);
    state.counters["share_products"] =
        benchmark::Counter(done * 3 * K * K * d / peak.per_second, benchmark::Counter::kIsRate);
    state.counters["share_with_powers"] = benchmark::Counter(
        done * (3 * K * K * d + 6 * K * (K - 1)) / peak.per_second, benchmark::Counter::kIsRate);
    state.counters["peak_per_s"] = peak.per_second;
    state.counters["peak_one_by_one_per_s"] = peak.one_by_one;
}

std::string name(const char* what, Shape shape, const std::string& engine) {
    return std::string(what) + "/K:" + std::to_string(shape.classes) +
           "/d:" + std::to_string(shape.dimension) + "/" + engine;
}

}  // namespace

int main(int argc, char** argv) {
    const auto engines = screen::engines<float>();
    for (const Shape shape : {Shape{8, 8}, Shape{16, 16}}) {
        const long cases = shape.classes == 8 ? 16384 : 2048;
        for (const screen::Engine<float>& engine : engines) {
            if (std::string(engine.name) == "portable") {
                continue;  // without fused instructions: for other processors
            }
            const long some = engine.lanes == 1 ? cases / 8 : cases;
            benchmark::RegisterBenchmark(
                name("solve", shape, std::string(engine.name) + "/threads:1").c_str(), solve_cases, engine,
                shape, 1, some)
                ->Unit(benchmark::kMillisecond);
            benchmark::RegisterBenchmark(name("evaluation", shape, engine.name).c_str(), evaluation, engine,
                                         shape)
                ->Unit(benchmark::kMicrosecond);
        }
        benchmark::RegisterBenchmark(
            name("solve", shape, std::string(engines[0].name) + "/threads:2").c_str(), solve_cases,
            engines[0], shape, 2, cases)
            ->Unit(benchmark::kMillisecond)
            ->MeasureProcessCPUTime()
            ->UseRealTime();
        benchmark::RegisterBenchmark(name("solve", shape, "double solver, one at a time").c_str(),
                                     double_solver, shape)
            ->Unit(benchmark::kMillisecond);
    }
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return 1;
    }
    benchmark::RunSpecifiedBenchmarks();
}
