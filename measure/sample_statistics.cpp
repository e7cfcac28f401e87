#include "measure/sample_statistics.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>

#include "measure/chunk_pipeline.hpp"
#include "measure/class_rows.hpp"
#include "measure/column_sketch.hpp"
#include "measure/columns.hpp"
#include "measure/logit_excess.hpp"
#include "measure/nearest_mean.hpp"

namespace ncverify::measure {

namespace {

// Projections are formed for a few rows at a time: with many classes they are larger than the rows.
constexpr Eigen::Index block_numbers = Eigen::Index{1} << 19;

const kernel::Engine& engine = kernel::engine();

struct ChunkSums {
    std::vector<std::int32_t> labels;  // the classes in this chunk
    std::vector<ClassSums> sums;
    Vector<double> by_direction;
    kernel::Numbers
        pull;  // of each sketched coordinate, one number for each class, as the products leave them
};

struct Model {
    const SecondReading& reading;
    const Vector<double>& bias;  // K numbers, or none
    Columns directions;          // W^T beside the scaled directions, d x (K + rank): one product does both
    NearestMean nearest;
    ColumnSketch sketch;

    Eigen::Index classes() const { return reading.mean_logits.rows(); }
    Eigen::Index rank() const { return reading.between.rank(); }
    Eigen::Index pull_rows() const { return kernel::padded(sketch.width(), kernel::group_rows); }
    Eigen::Index pull_columns() const { return kernel::padded(classes(), kernel::panel_columns); }
};

// Numbers as rows, `stride` apart.
using Rows = Eigen::Map<files::RowMatrix, Eigen::Unaligned, Eigen::OuterStride<>>;
Rows rows_of(kernel::Numbers& numbers, Eigen::Index rows, Eigen::Index columns, Eigen::Index stride) {
    return Rows(numbers.data(), rows, columns, Eigen::OuterStride<>(stride));
}

// What a row's place in its class is counted by: `strictly` the largest logit, or the first of the largest.
struct Answer {
    Eigen::Index first = 0;
    bool strictly = true;
};

Answer answer_of(const Vector<double>& logits, Eigen::Index label) {
    if (logits[label] > engine.others(logits.data(), logits.size(), label).largest) {
        return {label, true};
    }
    Answer answer;
    for (Eigen::Index m = 1; m < logits.size(); ++m) {
        if (logits[m] > logits[answer.first]) {
            answer = {m, true};
        } else if (logits[m] == logits[answer.first]) {
            answer.strictly = false;
        }
    }
    return answer;
}

// omega (e_y - p) as a row, and what it takes from W: sum_m p_m (z_y - z_m).
template <typename Row>
double add_pull(const Vector<double>& plain, const Vector<double>& logits, Eigen::Index label, double omega,
                Row row) {
    const double sum = engine.shares(logits.data(), logits.size(), logits.maxCoeff(), row.data());
    row[label] = 0;  // so that what is left of 1 does not cancel
    row /= sum;
    const double own = row.dot((plain[label] - plain.array()).matrix());
    const double others = row.sum();
    row *= -omega;
    row[label] = omega * others;
    return own;
}

void add_logits(const Model& model, const Vector<double>& logits, const Answer& answer, Eigen::Index label,
                ClassSums& sums) {
    const LogitExcess excess = logit_excess(logits.data(), model.classes(), label);
    sums.cross_entropy += excess.cross_entropy;
    sums.unequal += excess.unequal;
    sums.first += answer.first == label ? 1 : 0;
    sums.correct += answer.first == label && answer.strictly ? 1 : 0;
    if (!model.reading.slopes.empty()) {
        sums.margin_excess +=
            margin_excess(excess, model.reading.slopes[static_cast<std::size_t>(label)], model.classes());
    }
}

// A sample that may be nearer to another class's mean, and what its logits say.
struct Undecided {
    Eigen::Index row, place, answer;
};

// What a thread works in, chunk after chunk.
struct Workspace {
    Eigen::Index block;  // rows whose projections are formed at a time
    kernel::Numbers packed, distances, projections, pulls, sketched;

    /// @param rows  of the largest chunk
    Workspace(const Model& model, Eigen::Index rows)
        : block(std::min(kernel::padded(rows, kernel::group_rows),
                         std::max(kernel::group_rows, block_numbers / model.directions.count() /
                                                          kernel::group_rows * kernel::group_rows))),
          packed(block * model.directions.depth()),
          distances(block),
          projections(block * model.directions.count()),
          pulls(block * model.pull_columns()),
          sketched(rows * model.pull_rows()) {}
};

// A chunk's rows as doubles: one at a time, where the kernel reads the file's numbers as they are.
class ChunkRows {
  public:
    explicit ChunkRows(const files::RawRows& chunk)
        : columns_(chunk.columns),
          singles_(chunk.singles()),
          values_(singles_ ? files::RowMatrix() : chunk.values()) {}

    void pack(Eigen::Index first, Eigen::Index count, const std::vector<const double*>& means,
              Workspace& work) const {
        const double* const* of_rows = means.data() + first;
        if (singles_) {
            engine.deviations_single(singles_ + first * columns_, of_rows, count, columns_,
                                     work.packed.data(), work.distances.data());
        } else {
            engine.deviations_double(values_.row(first).data(), of_rows, count, columns_, work.packed.data(),
                                     work.distances.data());
        }
    }
    Vector<double> row(Eigen::Index i) const {
        if (singles_) {
            return Eigen::Map<const Vector<float>>(singles_ + i * columns_, columns_).cast<double>();
        }
        return values_.row(i).transpose();
    }
    void sketch(const ColumnSketch& sketch, Eigen::Index rows, double* shorter, Eigen::Index stride) const {
        if (singles_) {
            sketch(singles_, rows, shorter, stride);
        } else {
            sketch(values_.data(), rows, shorter, stride);
        }
    }

  private:
    Eigen::Index columns_;
    const float* singles_;
    files::RowMatrix values_;
};

void add_undecided(const Model& model, const ChunkRows& values, const std::vector<Undecided>& undecided,
                   ChunkSums& part) {
    if (undecided.empty()) {
        return;
    }
    Matrix<double> off(model.reading.means.rows(), static_cast<Eigen::Index>(undecided.size()));
    for (Eigen::Index i = 0; i < off.cols(); ++i) {
        const Undecided& sample = undecided[static_cast<std::size_t>(i)];
        off.col(i) = values.row(sample.row) -
                     model.reading.means.col(part.labels[static_cast<std::size_t>(sample.place)]);
    }
    const Matrix<double> inner = inner_products(model.reading.means, off);
    for (Eigen::Index i = 0; i < off.cols(); ++i) {
        const Undecided& sample = undecided[static_cast<std::size_t>(i)];
        const auto g = static_cast<std::size_t>(sample.place);
        const Eigen::Index nearest = model.nearest.nearest(part.labels[g], inner.col(i));
        part.sums[g].off_nearest += sample.answer == nearest ? 0 : 1;
    }
}

// A block of rows of a chunk, whose projections are known, and what they add up to.
void add_block(const Model& model, Eigen::Index first, Eigen::Index count,
               const std::vector<Eigen::Index>& place, Workspace& work, ChunkSums& part,
               std::vector<Undecided>& undecided) {
    const Eigen::Index classes = model.classes();
    const Rows projections =
        rows_of(work.projections, count, classes + model.rank(), model.directions.count());
    Rows pulls = rows_of(work.pulls, count, model.pull_columns(), model.pull_columns());
    pulls.setZero();
    Vector<double> plain(classes), logits(classes);
    for (Eigen::Index i = 0; i < count; ++i) {
        const Eigen::Index row = first + i, g = place[static_cast<std::size_t>(row)];
        if (g < 0) {
            continue;  // ignored
        }
        const Eigen::Index label = part.labels[static_cast<std::size_t>(g)];
        ClassSums& sums = part.sums[static_cast<std::size_t>(g)];
        const double distance_squared = work.distances.data()[i];
        const auto along = projections.row(i).tail(model.rank()).transpose();
        sums.spread += distance_squared;
        sums.largest_distance = std::max(sums.largest_distance, std::sqrt(distance_squared));
        sums.projected += engine.squares(along.data(), along.size());
        const double off_centre = along.dot(model.reading.recentring);
        sums.recentred += off_centre * off_centre;
        part.by_direction += along.cwiseAbs2();
        plain = model.reading.mean_logits.col(label) + projections.row(i).head(classes).transpose();
        logits = plain;
        if (model.bias.size() > 0) {
            logits += model.bias;
        }
        const Answer answer = answer_of(logits, label);
        add_logits(model, logits, answer, label, sums);
        sums.pull += add_pull(plain, logits, label, model.reading.omega[static_cast<std::size_t>(label)],
                              pulls.row(i).head(classes));
        if (model.nearest.certainly_own(label, distance_squared)) {
            sums.off_nearest += answer.first == label ? 0 : 1;
        } else {
            undecided.push_back({row, g, answer.first});
        }
    }
}

ChunkSums chunk_sums(const files::RawRows& chunk, const std::vector<std::int32_t>& labels, const Model& model,
                     Workspace& work) {
    const ChunkRows rows(chunk);
    ChunkSums part;
    std::vector<Eigen::Index> place(static_cast<std::size_t>(chunk.count), -1);  // of a row's class in `part`
    std::vector<const double*> means(place.size(), model.reading.means.data());
    for (const ClassRows& group : rows_by_class(chunk, labels)) {
        for (const Eigen::Index row : group.rows) {
            means[static_cast<std::size_t>(row)] = model.reading.means.col(group.label).data();
            place[static_cast<std::size_t>(row)] = static_cast<Eigen::Index>(part.labels.size());
        }
        part.labels.push_back(group.label);
    }
    part.sums.resize(part.labels.size());
    part.by_direction = Vector<double>::Zero(model.rank());
    part.pull = kernel::Numbers(model.pull_rows() * model.pull_columns());
    std::fill_n(part.pull.data(), model.pull_rows() * model.pull_columns(), 0.0);
    rows.sketch(model.sketch, chunk.count, work.sketched.data(), model.pull_rows());
    std::vector<Undecided> undecided;
    for (Eigen::Index first = 0; first < chunk.count; first += work.block) {
        const Eigen::Index count = std::min(work.block, chunk.count - first);
        rows.pack(first, count, means, work);
        engine.multiply(work.packed.data(), count, chunk.columns, model.directions.data(),
                        model.directions.count(), work.projections.data());
        add_block(model, first, count, place, work, part, undecided);
        engine.multiply_transposed(work.sketched.data() + first * model.pull_rows(), model.pull_rows(),
                                   work.pulls.data(), model.pull_columns(), count, part.pull.data());
    }
    add_undecided(model, rows, undecided, part);
    return part;
}

void add(const ClassSums& part, ClassSums& sums) {
    sums.spread += part.spread;
    sums.projected += part.projected;
    sums.recentred += part.recentred;
    sums.cross_entropy += part.cross_entropy;
    sums.unequal += part.unequal;
    sums.margin_excess += part.margin_excess;
    sums.pull += part.pull;
    sums.correct += part.correct;
    sums.first += part.first;
    sums.off_nearest += part.off_nearest;
    sums.largest_distance = std::max(sums.largest_distance, part.largest_distance);
}

}  // namespace

SampleStatistics sample_statistics(Network& network, const SecondReading& reading) {
    const Eigen::Index rank = reading.between.rank(), classes = network.classes();
    Model model{reading, network.bias, Columns(network.dimension(), classes + rank),
                NearestMean(reading.distances, network.counts), ColumnSketch(network.dimension(), classes)};
    const Matrix<double> classifiers = network.classifier.transpose();
    for (Eigen::Index k = 0; k < classes; ++k) {
        model.directions.set(k, classifiers.col(k).data());
    }
    for (Eigen::Index r = 0; r < rank; ++r) {
        model.directions.set(classes + r, reading.between.scaled_directions.col(r).data());
    }
    SampleStatistics found;
    found.classes.resize(network.counts.size());
    found.by_direction.assign(static_cast<std::size_t>(rank), 0);
    found.pull = Matrix<double>::Zero(classes, model.sketch.width());
    found.pull_exact = model.sketch.exact();
    tbb::enumerable_thread_specific<Workspace> spaces(
        [&] { return Workspace(model, network.features.chunk_rows()); });
    for_each_chunk<ChunkSums>(
        "second reading", network.features,
        [&](const files::RawRows& chunk) { return chunk_sums(chunk, network.labels, model, spaces.local()); },
        [&](ChunkSums& part) {
            for (std::size_t g = 0; g < part.labels.size(); ++g) {
                add(part.sums[g], found.classes[static_cast<std::size_t>(part.labels[g])]);
            }
            for (std::size_t r = 0; r < found.by_direction.size(); ++r) {
                found.by_direction[r] +=
                    static_cast<long double>(part.by_direction[static_cast<Eigen::Index>(r)]);
            }
            found.pull += rows_of(part.pull, model.sketch.width(), classes, model.pull_columns()).transpose();
        });
    found.pull /= static_cast<double>(network.samples());
    return found;
}

}  // namespace ncverify::measure
