#include "measure/class_means.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "measure/chunk_pipeline.hpp"
#include "measure/class_rows.hpp"
#include "measure/kernel/engine.hpp"
#include "problem/errors.hpp"

namespace ncverify::measure {

namespace {

struct ChunkMeans {
    std::vector<std::int32_t> labels;  // the classes in this chunk
    std::vector<Eigen::Index> counts;
    Matrix<double> means;  // d x classes in this chunk
    FeatureRange range;
    long long bad_sample = -1;  // the first that is not usable
    Eigen::Index bad_column = 0;
    double bad_value = 0;
    double smallest_square = std::numeric_limits<double>::infinity(), largest_square = 0;

    void add_square(double square) {
        smallest_square = std::min(smallest_square, square);
        largest_square = std::max(largest_square, square);
    }
};

// The kernel's functions for either type of numbers.
kernel::Range range_of(const float* values, Eigen::Index count) {
    return kernel::engine().range_single(values, count, largest_entry);
}
kernel::Range range_of(const double* values, Eigen::Index count) {
    return kernel::engine().range_double(values, count, largest_entry);
}
double accumulate(const float* row, const float* shift, Vector<double>& sum) {
    return kernel::engine().accumulate_single(row, shift, sum.size(), sum.data());
}
double accumulate(const double* row, const double* shift, Vector<double>& sum) {
    return kernel::engine().accumulate_double(row, shift, sum.size(), sum.data());
}

template <typename Number>
void look_at(const Number* entries, const files::RawRows& chunk, ChunkMeans& part) {
    const Eigen::Index size = chunk.count * chunk.columns;
    const kernel::Range range = range_of(entries, size);
    part.range = {.smallest = range.smallest,
                  .largest = range.largest,
                  .zeros = range.zeros,
                  .negatives = range.negatives};
    const auto find = [&](auto condition) {
        return static_cast<Eigen::Index>(std::find_if(entries, entries + size, condition) - entries);
    };
    if (range.negatives > 0) {
        part.range.first_negative_sample =
            chunk.first + find([](Number value) { return value < 0; }) / chunk.columns;
    }
    if (range.unusable > 0) {
        const Eigen::Index place =
            find([](Number value) { return !(std::abs(static_cast<double>(value)) <= largest_entry); });
        part.bad_sample = chunk.first + place / chunk.columns;
        part.bad_column = place % chunk.columns;
        part.bad_value = static_cast<double>(entries[place]);
    }
}

template <typename Number>
ChunkMeans means_of(const Number* entries, const files::RawRows& chunk,
                    const std::vector<std::int32_t>& labels) {
    ChunkMeans part;
    look_at(entries, chunk, part);
    const auto groups = rows_by_class(chunk, labels);
    part.means.resize(chunk.columns, static_cast<Eigen::Index>(groups.size()));
    Vector<double> sum(chunk.columns);
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const Number* shift = entries + groups[g].rows[0] * chunk.columns;
        sum.setZero();
        for (const Eigen::Index row : groups[g].rows) {
            part.add_square(accumulate(entries + row * chunk.columns, shift, sum));
        }
        const auto count = static_cast<Eigen::Index>(groups[g].rows.size());
        part.labels.push_back(groups[g].label);
        part.counts.push_back(count);
        part.means.col(static_cast<Eigen::Index>(g)) =
            Eigen::Map<const Vector<Number>>(shift, chunk.columns).template cast<double>() +
            sum / static_cast<double>(count);
    }
    return part;
}

ChunkMeans chunk_means(const files::RawRows& chunk, const std::vector<std::int32_t>& labels) {
    if (const float* numbers = chunk.singles()) {
        return means_of(numbers, chunk, labels);
    }
    const files::RowMatrix values = chunk.values();
    return means_of(values.data(), chunk, labels);
}

// A mean that grows by chunks; its value is mean + low, low holding what rounding took from mean.
class RunningMeans {
  public:
    RunningMeans(Eigen::Index dimension, std::size_t classes)
        : means_(Matrix<double>::Zero(dimension, static_cast<Eigen::Index>(classes))),
          low_(means_),
          counts_(classes, 0) {}

    void add(const ChunkMeans& part) {
        for (std::size_t g = 0; g < part.labels.size(); ++g) {
            const Eigen::Index k = part.labels[g];
            long long& count = counts_[static_cast<std::size_t>(k)];
            count += part.counts[g];
            const double share = static_cast<double>(part.counts[g]) / static_cast<double>(count);
            const double* from = part.means.col(static_cast<Eigen::Index>(g)).data();
            double* mean = means_.col(k).data();
            double* low = low_.col(k).data();
            for (Eigen::Index i = 0; i < means_.rows(); ++i) {
                const double step = ((from[i] - mean[i]) - low[i]) * share + low[i];
                const double sum = mean[i] + step;  // Knuth's two-sum
                const double rest = sum - mean[i];
                low[i] = (mean[i] - (sum - rest)) + (step - rest);
                mean[i] = sum;
            }
        }
    }
    const Matrix<double>& means() const { return means_; }

  private:
    Matrix<double> means_, low_;
    std::vector<long long> counts_;
};

}  // namespace

ClassMeans class_means(Network& network) {
    RunningMeans running(network.dimension(), network.counts.size());
    FeatureRange range;
    range.smallest_square = std::numeric_limits<double>::infinity();
    bool started = false;
    for_each_chunk<ChunkMeans>(
        "first reading", network.features,
        [&](const files::RawRows& chunk) { return chunk_means(chunk, network.labels); },
        [&](const ChunkMeans& part) {
            if (part.bad_sample >= 0) {
                throw InputError(fmt::format("row {}, column {} (counted from 0) is {}", part.bad_sample,
                                             part.bad_column, part.bad_value),
                                 network.features.array().where, "finite numbers of at most 1e100");
            }
            range.smallest = started ? std::min(range.smallest, part.range.smallest) : part.range.smallest;
            range.largest = started ? std::max(range.largest, part.range.largest) : part.range.largest;
            range.smallest_square = std::min(range.smallest_square, part.smallest_square);
            range.largest_square = std::max(range.largest_square, part.largest_square);
            range.zeros += part.range.zeros;
            range.negatives += part.range.negatives;
            if (range.first_negative_sample < 0) {
                range.first_negative_sample = part.range.first_negative_sample;
            }
            started = true;
            running.add(part);
        });
    const double size = std::max(std::abs(range.smallest), std::abs(range.largest));
    if (size != 0 && size < 1 / largest_entry) {
        throw InputError(fmt::format("no entry exceeds {} in size", size), network.features.array().where,
                         "features of a size that can be squared (1e-100 to 1e100)");
    }
    return {running.means(), range};
}

}  // namespace ncverify::measure
