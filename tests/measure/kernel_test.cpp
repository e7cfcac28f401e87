#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "measure/columns.hpp"
#include "measure/kernel/engine.hpp"
#include "problem/random.hpp"

using namespace ncverify;
using namespace ncverify::measure;

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

std::vector<double> random_numbers(Random& random, std::size_t count, double size) {
    std::vector<double> numbers(count);
    for (double& number : numbers) {
        number = size * (2 * random.uniform() - 1);
    }
    return numbers;
}

template <typename Number>
bool same_bits(const std::vector<Number>& a, const std::vector<Number>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(Number)) == 0;
}

// Every number that an engine makes of one case.
std::vector<double> all_of(const kernel::Engine& engine, long rows, long depth, long columns) {
    Random random(static_cast<std::uint64_t>(rows * 1000 + depth));
    const auto count = static_cast<std::size_t>(rows * depth);
    const std::vector<double> values = random_numbers(random, count, 3);
    const std::vector<float> singles(values.begin(), values.end());
    const std::vector<double> mean = random_numbers(random, static_cast<std::size_t>(depth), 1);
    const std::vector<const double*> means(static_cast<std::size_t>(rows), mean.data());
    const long filled = kernel::padded(rows, kernel::group_rows);
    const long wide = kernel::padded(columns, kernel::panel_columns);
    const std::vector<double> panels = random_numbers(random, static_cast<std::size_t>(depth * wide), 1);
    std::vector<double> all;
    const auto keep = [&](const double* numbers, long size) {
        all.insert(all.end(), numbers, numbers + size);
    };
    const auto range = [&](const kernel::Range& found) {
        const double numbers[] = {found.smallest, found.largest, static_cast<double>(found.zeros),
                                  static_cast<double>(found.negatives), static_cast<double>(found.unusable)};
        keep(numbers, 5);
    };
    kernel::Numbers packed(filled * depth), distances(filled), result(filled * wide);
    for (const bool single : {true, false}) {
        if (single) {
            engine.deviations_single(singles.data(), means.data(), rows, depth, packed.data(),
                                     distances.data());
            range(engine.range_single(singles.data(), rows * depth, 2));
        } else {
            engine.deviations_double(values.data(), means.data(), rows, depth, packed.data(),
                                     distances.data());
            range(engine.range_double(values.data(), rows * depth, 2));
        }
        engine.multiply(packed.data(), rows, depth, panels.data(), wide, result.data());
        keep(distances.data(), filled);
        keep(result.data(), filled * wide);
    }
    std::vector<double> sums = mean;
    const double square = engine.accumulate_double(values.data(), mean.data(), depth, sums.data());
    keep(&square, 1);
    keep(sums.data(), depth);
    std::vector<double> grown(static_cast<std::size_t>(kernel::group_rows * wide), 0.5);
    const std::vector<double> left =
        random_numbers(random, static_cast<std::size_t>(kernel::group_rows * depth), 1);
    engine.multiply_transposed(left.data(), kernel::group_rows, panels.data(), wide, depth, grown.data());
    keep(grown.data(), kernel::group_rows * wide);
    for (const double size : {1e-9, 0.3, 40.0, 2000.0}) {
        const std::vector<double> logits = random_numbers(random, static_cast<std::size_t>(columns), size);
        const kernel::OtherLogits others = engine.others(logits.data(), columns, columns / 2);
        std::vector<double> powers(logits.size());
        const double sum = engine.shares(logits.data(), columns, size, powers.data());
        const double numbers[] = {others.total,
                                  others.largest,
                                  sum,
                                  engine.exponentials(logits.data(), columns, columns / 2, others.largest),
                                  engine.above_tangent(logits.data(), columns, columns / 2, size / 3),
                                  engine.squares(logits.data(), columns)};
        keep(numbers, 6);
        keep(powers.data(), columns);
    }
    return all;
}

}  // namespace

TEST_CASE("every engine of measure's kernel computes the same bits") {
    for (const long rows : {1L, 8L, 29L}) {
        for (const long depth : {1L, 7L, 64L, 131L, 300L}) {
            for (const long columns : {2L, 19L, 50L}) {
                const std::vector<double> expected = all_of(kernel::engines().back(), rows, depth, columns);
                for (const kernel::Engine& engine : kernel::engines()) {
                    INFO(engine.name << ": " << rows << " x " << depth << " x " << columns);
                    CHECK(same_bits(all_of(engine, rows, depth, columns), expected));
                }
            }
        }
    }
}

TEST_CASE("a product's entries are as exact as a chain of additions is") {
    Random random(7);
    for (const Eigen::Index depth : {1, 9, 128, 500}) {
        const auto filled = [&](Eigen::Index columns) {
            Matrix<double> matrix(depth, columns);
            for (Eigen::Index i = 0; i < matrix.size(); ++i) {
                matrix(i) = random.uniform() - 0.5;
            }
            return matrix;
        };
        const Matrix<double> a = filled(141), b = filled(31);
        const Matrix<double> found = inner_products(a, b);
        const Matrix<long double> expected = a.cast<long double>().transpose() * b.cast<long double>();
        const Matrix<double> size = a.cwiseAbs().transpose() * b.cwiseAbs();
        for (Eigen::Index i = 0; i < found.size(); ++i) {
            REQUIRE(std::abs(static_cast<double>(static_cast<long double>(found(i)) - expected(i))) <=
                    static_cast<double>(depth) * epsilon * size(i));
        }
        CHECK(gram_matrix(a) == inner_products(a, a));
    }
}

TEST_CASE("sums of exponentials are exact to a few units in the last place") {
    Random random(11);
    const kernel::Engine& engine = kernel::engine();
    for (int i = 0; i < 400; ++i) {
        const double size = std::exp(24 * random.uniform() - 18);
        const auto classes = static_cast<long>(2 + random.next() % 40);
        const std::vector<double> logits =
            random_numbers(random, static_cast<std::size_t>(classes), std::min(size, 60.0));
        const double shift = logits[0] / 3;
        const kernel::OtherLogits others = engine.others(logits.data(), classes, 1);
        long double above = 0, exponentials = 0;
        for (long m = 0; m < classes; ++m) {
            const auto t = static_cast<long double>(logits[static_cast<std::size_t>(m)] - shift);
            const auto down = static_cast<long double>(logits[static_cast<std::size_t>(m)] - others.largest);
            // expm1(t) - t cancels near zero, where the series' first terms are all there is
            const long double tangent =
                std::abs(t) < 1e-4L ? t * t / 2 * (1 + t / 3 * (1 + t / 4 * (1 + t / 5))) : std::expm1(t) - t;
            above += m == 1 ? 0 : tangent;
            exponentials += m == 1 ? 0 : std::exp(down);
        }
        INFO("size " << size << ", " << classes << " classes");
        CHECK(std::abs(engine.above_tangent(logits.data(), classes, 1, shift) - static_cast<double>(above)) <=
              12 * epsilon * static_cast<double>(above));
        CHECK(std::abs(engine.exponentials(logits.data(), classes, 1, others.largest) -
                       static_cast<double>(exponentials)) <= 8 * epsilon * static_cast<double>(exponentials));
    }
}

TEST_CASE("a range says what numbers look like, those that are none among them") {
    const std::vector<float> values = {1, -2, 0, NAN, 4, -0.0F, 3, INFINITY, 5, 0};
    for (const kernel::Engine& engine : kernel::engines()) {
        const kernel::Range range = engine.range_single(values.data(), static_cast<long>(values.size()), 4.5);
        INFO(engine.name);
        CHECK(range.smallest == -2);
        CHECK(range.zeros == 3);
        CHECK(range.negatives == 1);
        CHECK(range.unusable == 3);
    }
}
