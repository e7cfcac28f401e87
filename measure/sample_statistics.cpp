#include "measure/sample_statistics.hpp"

#include <algorithm>

#include "measure/chunk_pipeline.hpp"
#include "measure/class_rows.hpp"
#include "measure/logit_excess.hpp"

namespace ncverify::measure {

namespace {

// Projections are formed for a few rows at a time: with many classes they are larger than the rows.
constexpr Eigen::Index block_numbers = Eigen::Index{1} << 18;

struct ChunkSums {
    std::vector<std::int32_t> labels;  // the classes in this chunk
    std::vector<ClassSums> sums;
};

struct Model {
    const Matrix<double>& means;
    const Matrix<double>& mean_logits;
    Matrix<double> directions;  // W^T beside the scaled directions, d x (K + rank): one product does both
    const std::vector<double>& slopes;
};

bool exceeds_others(const Vector<double>& logits, Eigen::Index label) {
    for (Eigen::Index m = 0; m < logits.size(); ++m) {
        if (m != label && !(logits[label] > logits[m])) {
            return false;
        }
    }
    return true;
}

void add_sample(const Model& model, Eigen::Index label, double distance_squared,
                const Vector<double>& projections, ClassSums& sums) {
    const Eigen::Index classes = model.mean_logits.rows();
    const Vector<double> logits = model.mean_logits.col(label) + projections.head(classes);
    const LogitExcess excess = logit_excess(logits.data(), classes, label);
    sums.spread += distance_squared;
    sums.largest_distance = std::max(sums.largest_distance, std::sqrt(distance_squared));
    sums.projected += projections.tail(projections.size() - classes).squaredNorm();
    sums.cross_entropy += excess.cross_entropy;
    sums.unequal += excess.unequal;
    sums.correct += exceeds_others(logits, label) ? 1 : 0;
    if (!model.slopes.empty()) {
        sums.margin_excess += margin_excess(excess, model.slopes[static_cast<std::size_t>(label)], classes);
    }
}

ChunkSums chunk_sums(const files::RawRows& chunk, const std::vector<std::int32_t>& labels,
                     const Model& model) {
    files::RowMatrix deviations = chunk.values();
    ChunkSums part;
    std::vector<std::size_t> place(static_cast<std::size_t>(chunk.count));  // of a row's class in `part`
    for (const ClassRows& group : rows_by_class(chunk, labels)) {
        for (const Eigen::Index row : group.rows) {
            deviations.row(row) -= model.means.col(group.label).transpose();
            place[static_cast<std::size_t>(row)] = part.labels.size();
        }
        part.labels.push_back(group.label);
    }
    part.sums.resize(part.labels.size());
    const Eigen::Index block =
        std::clamp<Eigen::Index>(block_numbers / model.directions.cols(), 1, chunk.count);
    files::RowMatrix projections;
    for (Eigen::Index first = 0; first < chunk.count; first += block) {
        const Eigen::Index count = std::min(block, chunk.count - first);
        projections.resize(count, model.directions.cols());
        projections.noalias() = deviations.middleRows(first, count) * model.directions;
        for (Eigen::Index row = first; row < first + count; ++row) {
            const std::size_t g = place[static_cast<std::size_t>(row)];
            add_sample(model, part.labels[g], deviations.row(row).squaredNorm(),
                       projections.row(row - first).transpose(), part.sums[g]);
        }
    }
    return part;
}

void add(const ClassSums& part, ClassSums& sums) {
    sums.spread += part.spread;
    sums.projected += part.projected;
    sums.cross_entropy += part.cross_entropy;
    sums.unequal += part.unequal;
    sums.margin_excess += part.margin_excess;
    sums.correct += part.correct;
    sums.largest_distance = std::max(sums.largest_distance, part.largest_distance);
}

}  // namespace

std::vector<ClassSums> sample_statistics(Network& network, const Matrix<double>& means,
                                         const Matrix<double>& mean_logits, const BetweenClasses& between,
                                         const std::vector<double>& slopes) {
    Model model{means, mean_logits, {}, slopes};
    model.directions.resize(means.rows(), network.classes() + between.rank());
    model.directions << network.classifier.transpose(), between.scaled_directions;
    std::vector<ClassSums> sums(network.counts.size());
    for_each_chunk<ChunkSums>(
        "second reading", network.features,
        [&](const files::RawRows& chunk) { return chunk_sums(chunk, network.labels, model); },
        [&](const ChunkSums& part) {
            for (std::size_t g = 0; g < part.labels.size(); ++g) {
                add(part.sums[g], sums[static_cast<std::size_t>(part.labels[g])]);
            }
        });
    return sums;
}

}  // namespace ncverify::measure
