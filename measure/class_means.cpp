#include "measure/class_means.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "measure/chunk_pipeline.hpp"
#include "measure/class_rows.hpp"
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

void look_at(const files::RowMatrix& values, Eigen::Index first, ChunkMeans& part) {
    const double* entries = values.data();
    const Eigen::Index size = values.size();
    double smallest = entries[0], largest = entries[0];
    Eigen::Index zeros = 0, negatives = 0, unusable = 0;
    for (Eigen::Index i = 0; i < size; ++i) {
        smallest = entries[i] < smallest ? entries[i] : smallest;
        largest = entries[i] > largest ? entries[i] : largest;
        zeros += entries[i] == 0 ? 1 : 0;
        negatives += entries[i] < 0 ? 1 : 0;
        unusable += std::abs(entries[i]) <= largest_entry ? 0 : 1;
    }
    part.range = {.smallest = smallest, .largest = largest, .zeros = zeros, .negatives = negatives};
    const auto find = [&](auto condition) {
        return static_cast<Eigen::Index>(std::find_if(entries, entries + size, condition) - entries);
    };
    if (negatives > 0) {
        part.range.first_negative_sample =
            first + find([](double value) { return value < 0; }) / values.cols();
    }
    if (unusable > 0) {
        const Eigen::Index place = find([](double value) { return !(std::abs(value) <= largest_entry); });
        part.bad_sample = first + place / values.cols();
        part.bad_column = place % values.cols();
        part.bad_value = entries[place];
    }
}

ChunkMeans chunk_means(const files::RawRows& chunk, const std::vector<std::int32_t>& labels) {
    const files::RowMatrix values = chunk.values();
    ChunkMeans part;
    look_at(values, chunk.first, part);
    const auto groups = rows_by_class(chunk, labels);
    part.means.resize(values.cols(), static_cast<Eigen::Index>(groups.size()));
    Vector<double> sum(values.cols());
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const auto shift = values.row(groups[g].rows[0]).transpose();
        sum.setZero();
        for (const Eigen::Index row : groups[g].rows) {
            part.add_square(values.row(row).squaredNorm());
            sum += values.row(row).transpose() - shift;
        }
        const auto count = static_cast<Eigen::Index>(groups[g].rows.size());
        part.labels.push_back(groups[g].label);
        part.counts.push_back(count);
        part.means.col(static_cast<Eigen::Index>(g)) = shift + sum / static_cast<double>(count);
    }
    return part;
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
