#include "screen/screen.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <new>

#include "problem/errors.hpp"
#include "screen/kernel/cuda.hpp"
#include "screen/kernel/start.hpp"

namespace ncverify::screen {

namespace {

constexpr long batch_size = 1 << 20;       // cases between two looks at `stop`
constexpr std::size_t stream_size = 4096;  // cases of one shape that one thread takes
// A GPU wants many at a time.
constexpr long gpu_batch_size = 1 << 20;
constexpr std::size_t gpu_stream_size = 1 << 18;

// Feeds one stream of cases to an engine and judges what comes back.
template <typename S>
class JudgingFeed : public Feed<S> {
  public:
    JudgingFeed(const ScreenOptions& options, const std::atomic<bool>& stop, Shape shape,
                const std::uint64_t* begin, const std::uint64_t* end)
        : options_(options), stop_(stop), shape_(shape), next_(begin), end_(end) {
        result.claims.resize(options.claims.size());
    }

    bool next(int lane, const LaneView<S>& view, std::uint32_t& revivable) override {
        if (next_ == end_ || stop_) {
            return false;
        }
        Sample& sample = samples_[lane];
        sample = random_sample(options_.seed, *next_++, shape_, options_.weighted);
        revivable = write_start(sample, options_.seed, view);
        return true;
    }

    void done(int lane, const LaneView<S>& view, const Summary& summary) override {
        take(samples_[lane], view, summary);
    }

    void take(const Sample& sample, const LaneView<S>& view, const Summary& summary) {
        ++result.configurations;
        result.evaluations += summary.evaluations;
        result.revived_cases += summary.revived > 0 ? 1 : 0;
        result.stagnated += summary.ending == Ending::stagnated ? 1 : 0;
        result.exhausted += summary.ending == Ending::exhausted ? 1 : 0;
        found_.set(sample, view);
        form_.set(sample);
        Suspect suspect{sample.number,
                        sample.shape,
                        summary,
                        {},
                        found_.residual,
                        found_.worst_curvature,
                        found_.loss / form_.loss - 1};
        const bool local = summary.dead != 0 || summary.shared;
        if (local) {
            ++result.local_minima;
        } else {
            judge({sample, found_, form_}, suspect);
        }
        if (local || summary.ending != Ending::converged || !suspect.claims.empty()) {
            result.suspects.push_back(std::move(suspect));
        }
    }

    ScreenResult result;

  private:
    void judge(const Subject& subject, Suspect& suspect) {
        for (std::size_t j = 0; j < options_.claims.size(); ++j) {
            Reading reading;
            options_.claims[j].check(subject, reading);
            ClaimTally& tally = result.claims[j];
            tally.unresolved += reading.is_unresolved() ? 1 : 0;
            if (reading.applies()) {
                tally.errors.add(reading.error());
            }
            if (reading.suspect()) {
                ++tally.suspects;
                suspect.claims.push_back(j);
            }
        }
    }

    const ScreenOptions& options_;
    const std::atomic<bool>& stop_;
    Shape shape_;
    const std::uint64_t *next_, *end_;
    Sample samples_[64];
    Measured found_;
    DoubleForm form_;
};

void merge(ScreenResult& total, ScreenResult&& part) {
    total.configurations += part.configurations;
    total.evaluations += part.evaluations;
    total.revived_cases += part.revived_cases;
    total.stagnated += part.stagnated;
    total.exhausted += part.exhausted;
    total.local_minima += part.local_minima;
    total.gpu_seconds += part.gpu_seconds;
    for (std::size_t j = 0; j < part.claims.size(); ++j) {
        total.claims[j].merge(part.claims[j]);
    }
    std::move(part.suspects.begin(), part.suspects.end(), std::back_inserter(total.suspects));
}

// Cases of one shape.
struct Stream {
    Shape shape;
    std::vector<std::uint64_t> numbers;
};

std::vector<Stream> streams_of(const ScreenOptions& options, long begin, long end) {
    const std::size_t length = options.cuda ? gpu_stream_size : stream_size;
    std::map<std::pair<int, int>, std::vector<std::uint64_t>> by_shape;
    for (long i = begin; i < end; ++i) {
        const auto number = static_cast<std::uint64_t>(i);
        const Shape shape = options.shape ? *options.shape : random_shape(options.seed, number);
        by_shape[{shape.classes, shape.dimension}].push_back(number);
    }
    std::vector<Stream> streams;
    // The largest shapes first: they take longest.
    for (auto group = by_shape.rbegin(); group != by_shape.rend(); ++group) {
        const auto& numbers = group->second;
        for (std::size_t first = 0; first < numbers.size(); first += length) {
            const auto from = numbers.begin() + static_cast<std::ptrdiff_t>(first);
            const auto size = static_cast<std::ptrdiff_t>(std::min(length, numbers.size() - first));
            streams.push_back({{group->first.first, group->first.second}, {from, from + size}});
        }
    }
    return streams;
}

// One stream on the GPU, judged here.
template <typename S>
void run_on_gpu(const ScreenOptions& options, const Stream& stream, JudgingFeed<S>& judge) {
    const auto clock = std::chrono::steady_clock::now();
    CudaResults<S> results = cuda_solve<S>(options.seed, stream.shape, stream.numbers, options.weighted);
    judge.result.gpu_seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - clock).count();
    for (std::size_t j = 0; j < stream.numbers.size(); ++j) {
        S* point = results.points.data() + j * results.numbers;
        const LaneView<S> view = {stream.shape.classes,
                                  stream.shape.dimension,
                                  results.padded,
                                  static_cast<int>(results.numbers / 2),
                                  1,
                                  point,
                                  nullptr,
                                  nullptr,
                                  nullptr,
                                  nullptr};
        judge.take(random_sample(options.seed, stream.numbers[j], stream.shape, options.weighted), view,
                   results.summaries[j]);
    }
}

struct Free {
    void operator()(void* storage) const { ::operator delete(storage, std::align_val_t(64)); }
};

template <typename S>
Engine<S> engine_named(const std::string& name) {
    std::string known;
    for (const Engine<S>& engine : engines<S>()) {
        if (name.empty() || name == engine.name) {
            return engine;
        }
        known += (known.empty() ? "'" : ", '") + std::string(engine.name) + "'";
    }
    throw InputError("'" + printable(name) + "' is no engine of this processor", "--engine", known);
}

}  // namespace

void require_engine(const std::string& name) {
    engine_named<float>(name);
}

void ClaimTally::merge(const ClaimTally& other) {
    errors.merge(other.errors);
    suspects += other.suspects;
    unresolved += other.unresolved;
}

template <typename S>
ScreenResult run_screen(const ScreenOptions& options, const std::atomic<bool>& stop,
                        const std::function<void(long)>& progress) {
    const auto clock = std::chrono::steady_clock::now();
    const Engine<S> engine = engine_named<S>(options.engine);
    ScreenResult total;
    total.engine = options.cuda ? "cuda" : engine.name;
    total.claims.resize(options.claims.size());
    tbb::task_arena arena(options.jobs > 0 ? options.jobs : tbb::task_arena::automatic);
    std::mutex mutex;
    const long batch = options.cuda ? gpu_batch_size : batch_size;
    const long end = options.first + options.random;
    for (long begin = options.first; begin < end && !stop; begin += batch) {
        const std::vector<Stream> streams = streams_of(options, begin, std::min(end, begin + batch));
        arena.execute([&] {
            tbb::parallel_for(std::size_t{0}, streams.size(), [&](std::size_t i) {
                const Stream& stream = streams[i];
                if (stop) {
                    return;
                }
                const std::unique_ptr<void, Free> storage(
                    ::operator new(engine.bytes(stream.shape), std::align_val_t(64)));
                const auto judge =
                    std::make_unique<JudgingFeed<S>>(options, stop, stream.shape, stream.numbers.data(),
                                                     stream.numbers.data() + stream.numbers.size());
                if (options.cuda) {
                    run_on_gpu(options, stream, *judge);
                } else {
                    engine.run(stream.shape, *judge, storage.get());
                }
                const std::lock_guard lock(mutex);
                merge(total, std::move(judge->result));
                progress(total.configurations);
            });
        });
    }
    total.interrupted = total.configurations < options.random;
    std::sort(total.suspects.begin(), total.suspects.end(),
              [](const Suspect& a, const Suspect& b) { return a.number < b.number; });
    total.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - clock).count();
    return total;
}

template ScreenResult run_screen<float>(const ScreenOptions&, const std::atomic<bool>&,
                                        const std::function<void(long)>&);
template ScreenResult run_screen<double>(const ScreenOptions&, const std::atomic<bool>&,
                                         const std::function<void(long)>&);

}  // namespace ncverify::screen
