// The kernel: its random numbers, and the same bits at every width.
#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <numeric>

#include "screen/kernel/cuda.hpp"
#include "screen/kernel/cuda_feed.hpp"
#include "screen/kernel/engine.hpp"
#include "screen/kernel/start.hpp"
#include "tests/precompiled.hpp"

using namespace ncverify::screen;

namespace {

// Solves cases 0 to count - 1 of a seed and keeps each point.
template <typename S>
class Collect : public Feed<S> {
  public:
    Collect(std::uint64_t seed, std::uint64_t count, Shape shape, bool weighted)
        : seed_(seed), count_(count), shape_(shape), weighted_(weighted) {}
    bool next(int lane, const LaneView<S>& view, std::uint32_t& revivable) override {
        if (next_ == count_) {
            return false;
        }
        cases_[lane] = next_;
        revivable = write_start(random_sample(seed_, next_++, shape_, weighted_), seed_, view);
        return true;
    }
    void done(int lane, const LaneView<S>& view, const Summary& summary) override {
        auto& point = points[cases_[lane]];
        for (int i = 0; i < shape_.dimension; ++i) {
            for (int k = 0; k < shape_.classes; ++k) {
                point.push_back(view.v(i, k));
                point.push_back(view.u(i, k));
            }
        }
        point.push_back(static_cast<S>(summary.evaluations));
        point.push_back(static_cast<S>(summary.revived));
    }
    std::map<std::uint64_t, std::vector<S>> points;

  private:
    std::uint64_t seed_, count_, next_ = 0;
    Shape shape_;
    bool weighted_;
    std::uint64_t cases_[64]{};
};

struct Free {
    void operator()(void* storage) const { ::operator delete(storage, std::align_val_t(64)); }
};

template <typename S>
std::map<std::uint64_t, std::vector<S>> solve(const Engine<S>& engine, std::uint64_t count, Shape shape,
                                              bool weighted = false) {
    Collect<S> feed(7, count, shape, weighted);
    const std::unique_ptr<void, Free> storage(::operator new(engine.bytes(shape), std::align_val_t(64)));
    engine.run(shape, feed, storage.get());
    return feed.points;
}

template <typename S>
void same_bits_everywhere(std::uint64_t count, Shape shape, bool weighted = false) {
    const auto all = engines<S>();
    const auto first = solve(all.front(), count, shape, weighted);
    REQUIRE(first.size() == count);
    for (const Engine<S>& engine : all) {
        INFO(engine.name << ", K = " << shape.classes << ", d = " << shape.dimension);
        const auto other = solve(engine, count, shape, weighted);
        REQUIRE(other.size() == count);
        for (const auto& [number, point] : first) {
            INFO("case " << number);
            REQUIRE(std::memcmp(point.data(), other.at(number).data(), point.size() * sizeof(S)) == 0);
        }
    }
}

}  // namespace

TEST_CASE("Philox 4x32-10 gives the numbers of its authors' known answers") {
    const auto check = [](Words counter, std::uint64_t key, Words expected) {
        const Words found = philox(counter, key);
        for (int j = 0; j < 4; ++j) {
            CHECK(found.word[j] == expected.word[j]);
        }
    };
    check({{0, 0, 0, 0}}, 0, {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}});
    check({{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}}, 0xffffffffffffffff,
          {{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}});
    check({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, 0x299f31d0a4093822,
          {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}});
}

TEST_CASE("Every engine computes the same bits, whatever its width") {
    for (const Shape shape : {Shape{2, 2}, Shape{3, 5}, Shape{8, 8}, Shape{11, 13}}) {
        same_bits_everywhere<float>(70, shape);
        same_bits_everywhere<double>(20, shape);
    }
    same_bits_everywhere<float>(17, {32, 33});
    same_bits_everywhere<float>(70, {6, 6}, true);
    same_bits_everywhere<double>(20, {6, 6}, true);
}

TEST_CASE("A case does not depend on which cases run beside it") {
    const auto engine = engines<float>().front();
    const auto few = solve(engine, 5, {6, 6}), many = solve(engine, 200, {6, 6});
    for (const auto& [number, point] : few) {
        CHECK(point == many.at(number));
    }
}

TEST_CASE("What a GPU thread does, done by the CPU, gives the engines' bits") {
    const Shape shape{8, 8};
    const bool weighted = GENERATE(false, true);
    const auto expected = solve(engines<float>().front(), 40, shape, weighted);
    std::vector<std::uint64_t> numbers(40);
    std::iota(numbers.begin(), numbers.end(), 0);
    std::vector<Summary> summaries(numbers.size());
    std::vector<float> points(numbers.size() * 2 * 64);
    std::uint32_t next = 0;
    const portable::CudaJob<float> job{
        7, shape, numbers.data(), 40, &next, summaries.data(), points.data(), weighted};
    std::vector<portable::One<float>> storage(
        static_cast<std::size_t>(portable::Arena<portable::One<float>>::size(8, 8)));
    portable::cuda_thread(job, storage.data());
    for (const auto& [number, point] : expected) {
        const float* found = points.data() + number * 128;
        INFO("case " << number);
        CHECK(summaries[number].evaluations == static_cast<int>(point[128]));
        for (std::size_t j = 0; j < 64; ++j) {
            CHECK(found[j] == point[2 * j]);
            CHECK(found[64 + j] == point[2 * j + 1]);
        }
    }
}

TEST_CASE("Where there is a GPU, it computes the CPU's bits") {
    std::string why;
    if (cuda_device(why).empty()) {
        WARN("no GPU: " << why);
        return;
    }
    for (const Shape shape : {Shape{3, 5}, Shape{8, 8}, Shape{16, 16}}) {
        const bool weighted = shape.classes == 8;
        const auto expected = solve(engines<float>().front(), 200, shape, weighted);
        std::vector<std::uint64_t> numbers(200);
        std::iota(numbers.begin(), numbers.end(), 0);
        const CudaResults<float> found = cuda_solve<float>(7, shape, numbers, weighted);
        for (const auto& [number, point] : expected) {
            INFO("case " << number << ", K = " << shape.classes);
            CHECK(found.summaries[number].evaluations == static_cast<int>(point[point.size() - 2]));
            std::size_t j = 0;
            bool equal = true;
            for (int i = 0; i < shape.dimension; ++i) {
                for (int k = 0; k < shape.classes; ++k, j += 2) {
                    const auto v = number * found.numbers + static_cast<std::size_t>(i * found.padded + k);
                    equal = equal && found.points[v] == point[j] &&
                            found.points[v + found.numbers / 2] == point[j + 1];
                }
            }
            CHECK(equal);
        }
    }
}
