#include "measure/sample_statistics.hpp"

#include <algorithm>

#include "measure/chunk_pipeline.hpp"
#include "measure/class_rows.hpp"
#include "measure/column_sketch.hpp"
#include "measure/logit_excess.hpp"
#include "measure/nearest_mean.hpp"

namespace ncverify::measure {

namespace {

// Projections are formed for a few rows at a time: with many classes they are larger than the rows.
constexpr Eigen::Index block_numbers = Eigen::Index{1} << 18;

struct ChunkSums {
    std::vector<std::int32_t> labels;  // the classes in this chunk
    std::vector<ClassSums> sums;
    Vector<double> by_direction;
    Matrix<double> pull;
};

struct Model {
    const SecondReading& reading;
    const Vector<double>& bias;  // K numbers, or none
    Matrix<double> directions;   // W^T beside the scaled directions, d x (K + rank): one product does both
    NearestMean nearest;
    ColumnSketch sketch;

    Eigen::Index classes() const { return reading.mean_logits.rows(); }
};

// What a row's place in its class is counted by: `strictly` the largest logit, or the first of the largest.
struct Answer {
    Eigen::Index first = 0;
    bool strictly = true;
};

Answer answer_of(const Vector<double>& logits) {
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
    Vector<double> shares = (logits.array() - logits.maxCoeff()).exp();
    shares /= shares.sum();
    shares[label] = 0;  // so that what is left of 1 does not cancel
    const double own = shares.dot((plain[label] - plain.array()).matrix());
    row = -omega * shares.transpose();
    row[label] = omega * shares.sum();
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

void add_undecided(const Model& model, const files::RowMatrix& deviations,
                   const std::vector<Undecided>& undecided, ChunkSums& part) {
    files::RowMatrix rows(static_cast<Eigen::Index>(undecided.size()), deviations.cols());
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        rows.row(i) = deviations.row(undecided[static_cast<std::size_t>(i)].row);
    }
    const files::RowMatrix inner = rows * model.reading.means;
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        const Undecided& sample = undecided[static_cast<std::size_t>(i)];
        const auto g = static_cast<std::size_t>(sample.place);
        const Eigen::Index nearest = model.nearest.nearest(part.labels[g], inner.row(i).transpose());
        part.sums[g].off_nearest += sample.answer == nearest ? 0 : 1;
    }
}

// A block of rows of a chunk: their projections, and what they add up to.
void add_block(const Model& model, const files::RowMatrix& deviations, Eigen::Index first,
               const files::RowMatrix& projections, const std::vector<Eigen::Index>& place, ChunkSums& part,
               files::RowMatrix& pulls) {
    const Eigen::Index classes = model.classes(), rank = projections.cols() - classes;
    pulls.setZero(projections.rows(), classes);
    std::vector<Undecided> undecided;
    for (Eigen::Index i = 0; i < projections.rows(); ++i) {
        const Eigen::Index row = first + i, g = place[static_cast<std::size_t>(row)];
        if (g < 0) {
            continue;  // ignored
        }
        const Eigen::Index label = part.labels[static_cast<std::size_t>(g)];
        ClassSums& sums = part.sums[static_cast<std::size_t>(g)];
        const double distance_squared = deviations.row(row).squaredNorm();
        const Vector<double> along = projections.row(i).tail(rank).transpose();
        sums.spread += distance_squared;
        sums.largest_distance = std::max(sums.largest_distance, std::sqrt(distance_squared));
        sums.projected += along.squaredNorm();
        const double off_centre = along.dot(model.reading.recentring);
        sums.recentred += off_centre * off_centre;
        part.by_direction += along.cwiseAbs2();
        const Vector<double> plain =
            model.reading.mean_logits.col(label) + projections.row(i).head(classes).transpose();
        const Vector<double> logits = model.bias.size() > 0 ? Vector<double>(plain + model.bias) : plain;
        const Answer answer = answer_of(logits);
        add_logits(model, logits, answer, label, sums);
        sums.pull += add_pull(plain, logits, label, model.reading.omega[static_cast<std::size_t>(label)],
                              pulls.row(i));
        if (model.nearest.certainly_own(label, distance_squared)) {
            sums.off_nearest += answer.first == label ? 0 : 1;
        } else {
            undecided.push_back({row, g, answer.first});
        }
    }
    add_undecided(model, deviations, undecided, part);
}

ChunkSums chunk_sums(const files::RawRows& chunk, const std::vector<std::int32_t>& labels,
                     const Model& model) {
    files::RowMatrix deviations = chunk.values();
    const files::RowMatrix sketched = model.sketch(deviations);
    ChunkSums part;
    std::vector<Eigen::Index> place(static_cast<std::size_t>(chunk.count), -1);  // of a row's class in `part`
    for (const ClassRows& group : rows_by_class(chunk, labels)) {
        for (const Eigen::Index row : group.rows) {
            deviations.row(row) -= model.reading.means.col(group.label).transpose();
            place[static_cast<std::size_t>(row)] = static_cast<Eigen::Index>(part.labels.size());
        }
        part.labels.push_back(group.label);
    }
    part.sums.resize(part.labels.size());
    part.by_direction = Vector<double>::Zero(model.directions.cols() - model.classes());
    part.pull = Matrix<double>::Zero(model.classes(), model.sketch.width());
    const Eigen::Index block =
        std::clamp<Eigen::Index>(block_numbers / model.directions.cols(), 1, chunk.count);
    files::RowMatrix projections, pulls;
    for (Eigen::Index first = 0; first < chunk.count; first += block) {
        const Eigen::Index count = std::min(block, chunk.count - first);
        projections.resize(count, model.directions.cols());
        projections.noalias() = deviations.middleRows(first, count) * model.directions;
        add_block(model, deviations, first, projections, place, part, pulls);
        part.pull.noalias() += pulls.transpose() * sketched.middleRows(first, count);
    }
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
    Model model{reading,
                network.bias,
                {},
                NearestMean(reading.means, network.counts),
                ColumnSketch(network.dimension(), classes)};
    model.directions.resize(reading.means.rows(), classes + rank);
    model.directions << network.classifier.transpose(), reading.between.scaled_directions;
    SampleStatistics found;
    found.classes.resize(network.counts.size());
    found.by_direction.assign(static_cast<std::size_t>(rank), 0);
    found.pull = Matrix<double>::Zero(classes, model.sketch.width());
    found.pull_exact = model.sketch.exact();
    for_each_chunk<ChunkSums>(
        "second reading", network.features,
        [&](const files::RawRows& chunk) { return chunk_sums(chunk, network.labels, model); },
        [&](const ChunkSums& part) {
            for (std::size_t g = 0; g < part.labels.size(); ++g) {
                add(part.sums[g], found.classes[static_cast<std::size_t>(part.labels[g])]);
            }
            for (std::size_t r = 0; r < found.by_direction.size(); ++r) {
                found.by_direction[r] +=
                    static_cast<long double>(part.by_direction[static_cast<Eigen::Index>(r)]);
            }
            found.pull += part.pull;
        });
    found.pull /= static_cast<double>(network.samples());
    return found;
}

}  // namespace ncverify::measure
