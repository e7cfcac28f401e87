#include "solvers/block_refine.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "problem/processor_clock.hpp"
#include "solvers/descent.hpp"
#include "solvers/sample_newton.hpp"

namespace ncverify::solvers {

namespace {

using Real = Multiprecision;

constexpr long most_variables = 1200;  // entries of V in one block
constexpr double used_feature = 1e-6;  // relative to the largest: a guess at zeros; the multipliers test it
constexpr double near_zero = 1e-2;     // of a class that stays at zero, relative to n_k^(1/4)
constexpr double gamma_stage = 4, largest_gamma_factor = 1e8;  // of one descent, and of all of them
// Of gamma's logarithm: double leaves 1e-11 of logarithms below 1e5 (`stretched`), so that less than this is
// no lowered problem. Only steers: Newton's method goes the rest of the way, and the residual tells.
constexpr double lowered = 1e-9;
constexpr double log10_of_2 = 0.30102999566398120;

// A search in double crawls where a class stands at its threshold, and never ends at zero exactly.
Matrix<double> with_exact_zeros(const ScaledProblem& problem, const ScaledPoint& point) {
    Matrix<double> features = point.features;
    const double threshold = used_feature * features.maxCoeff();
    const Matrix<double> used = usage(problem, point);
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
        const auto label = static_cast<std::size_t>(problem.columns[j].label);
        auto column = features.col(static_cast<Eigen::Index>(j));
        const double largest = used.col(problem.columns[j].label).maxCoeff();
        if (!problem.revivable[label] && largest < near_zero * std::sqrt(problem.root_count[label])) {
            column.setZero();
        }
        column = (column.array() > threshold).select(column, 0.0);
    }
    return features;
}

/// What the columns of each class have in common: gamma, and 1/sqrt(m) for the m samples that each stands
/// for, which is one in the samples form. And gamma's logarithm to base 2, of the first class.
struct Constants {
    Constants(const Configuration& configuration, bool means)
        : gamma(configuration.classes()), inverse_root(configuration.classes()) {
        for (long k = 0; k < configuration.classes(); ++k) {
            const Rational count = configuration.counts[static_cast<std::size_t>(k)],
                           squared = gamma_squared(configuration, k);
            const Real real = sqrt(from_rational<Real>(means ? squared : Rational(squared / count)));
            const Real root = means ? Real(sqrt(from_rational<Real>(1 / count))) : Real(1);
            arf_set_mpfr(gamma[k], real.backend().data());
            arf_set_mpfr(inverse_root[k], root.backend().data());
            if (k == 0) {
                const Real logarithm = log(real) / log(Real(2));
                log2_gamma = static_cast<double>(logarithm);
            }
        }
    }
    Floats gamma, inverse_root;
    double log2_gamma = 0;
};

// Gives a block's columns their roots, where these are not one.
void set_roots(const Constants& constants, SampleBlock& block) {
    block.inverse_root = Floats(block.size());
    for (long j = 0; j < block.size(); ++j) {
        arf_set(block.inverse_root[j], constants.inverse_root[block.labels[static_cast<std::size_t>(j)]]);
    }
}

/// What the parts of the answer are collected in.
struct Collected {
    std::vector<Floats> v;       ///< V's columns, by coordinate; empty where zero
    std::vector<Floats> q;       ///< residuals, by sample
    std::vector<long> block;     ///< of each sample; -1: none
    std::vector<long> block_of;  ///< of each coordinate; -1: none
};

// Largest wrong-signed multiplier V_i . q_j over the features outside blocks, as a power of two.
long worst_multiplier(const Arithmetic& with, const Collected& all) {
    long worst = -(1L << 60);
    Float sum;
    for (std::size_t j = 0; j < all.q.size(); ++j) {
        for (std::size_t i = 0; i < all.v.size(); ++i) {
            if (all.v[i].size() == 0 || (all.block[j] >= 0 && all.block[j] == all.block_of[i])) {
                continue;
            }
            arf_zero(sum);
            for (long m = 0; m < all.v[i].size(); ++m) {
                with.addmul(sum, all.v[i][m], all.q[j][m]);
            }
            worst = arf_sgn(sum) < 0 ? std::max(worst, exponent_of(sum)) : worst;
        }
    }
    return worst;
}

BlockPoint start_of(const SampleBlock& block, const ScaledPoint& point, const Matrix<double>& features) {
    BlockPoint start(block);
    for (long i = 0; i < block.width(); ++i) {
        const long coordinate = block.coordinates[static_cast<std::size_t>(i)];
        for (long m = 0; m < block.classes; ++m) {
            arf_set_d(start.v[i * block.classes + m], point.classifier(m, coordinate));
        }
        for (long j = 0; j < block.size(); ++j) {
            arf_set_d(start.u[j * block.width() + i],
                      features(coordinate, block.samples[static_cast<std::size_t>(j)]));
        }
    }
    return start;
}

double evaluation_time(const Arithmetic& with, const std::vector<SampleBlock>& blocks, const Floats& gamma,
                       std::vector<BlockPoint>& points) {
    std::vector<double> times;
    for (int repeat = 0; repeat < 3; ++repeat) {
        const auto clock = ProcessorClock::now();
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            evaluate(with, blocks[b], gamma, points[b]);
        }
        times.push_back(seconds_since(clock));
    }
    std::sort(times.begin(), times.end());
    return times[1];
}

// Copies a block's point into the variables of problem (4) and into `all`.
void collect(const SampleBlock& block, const BlockPoint& point, const Real& stretch, long number,
             Minimizer& result, Collected& all) {
    const long classes = block.classes;
    for (long i = 0; i < block.width(); ++i) {
        const long coordinate = block.coordinates[static_cast<std::size_t>(i)];
        Floats column(classes);
        for (long m = 0; m < classes; ++m) {
            arf_set(column[m], point.v[i * classes + m]);
            result.classifier(m, coordinate) = stretch * to_multiprecision(column[m]);
        }
        all.v[static_cast<std::size_t>(coordinate)] = std::move(column);
        all.block_of[static_cast<std::size_t>(coordinate)] = number;
    }
    for (long j = 0; j < block.size(); ++j) {
        const auto sample = static_cast<std::size_t>(block.samples[static_cast<std::size_t>(j)]);
        all.block[sample] = number;
        for (long m = 0; m < classes; ++m) {
            arf_set(all.q[sample][m], point.q[j * classes + m]);
        }
        for (long i = 0; i < block.width(); ++i) {
            if (!arf_is_zero(point.u[j * block.width() + i])) {
                const Real inverse_root =
                    block.inverse_root.size() == 0 ? Real(1) : to_multiprecision(block.inverse_root[j]);
                result.features.push_back(
                    {block.coordinates[static_cast<std::size_t>(i)], static_cast<long>(sample),
                     to_multiprecision(point.u[j * block.width() + i]) * inverse_root / stretch});
            }
        }
        // The largest of the class: any of them would do as a slope, and none is preferred to the others.
        Real& missing = result.missing_weight[block.labels[static_cast<std::size_t>(j)]];
        missing = std::max(missing, to_multiprecision(point.missing[j]));
    }
}

}  // namespace

std::vector<SampleBlock> sample_blocks(const ScaledProblem& problem, const Matrix<double>& features) {
    // Union-find over coordinates; the root of a set is its smallest member, so that the order is fixed.
    std::vector<long> parent(static_cast<std::size_t>(problem.dimension));
    std::iota(parent.begin(), parent.end(), 0L);
    const auto root = [&parent](long i) {
        while (parent[static_cast<std::size_t>(i)] != i) {
            i = parent[static_cast<std::size_t>(i)] =
                parent[static_cast<std::size_t>(parent[static_cast<std::size_t>(i)])];
        }
        return i;
    };
    std::vector<long> first(problem.columns.size(), -1);  // a coordinate of each sample
    std::vector<bool> used(parent.size(), false);
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
        for (long i = 0; i < problem.dimension; ++i) {
            if (features(i, static_cast<Eigen::Index>(j)) > 0) {
                used[static_cast<std::size_t>(i)] = true;
                first[j] = first[j] < 0 ? i : first[j];
                const long a = root(first[j]), b = root(i);
                parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
            }
        }
    }
    std::vector<SampleBlock> blocks;
    std::vector<std::size_t> number(parent.size(), 0);
    for (long i = 0; i < problem.dimension; ++i) {
        if (used[static_cast<std::size_t>(i)]) {
            const auto set = static_cast<std::size_t>(root(i));
            if (root(i) == i || number[set] == 0) {
                blocks.push_back({problem.classes, {}, {}, {}});
                number[set] = blocks.size();
            }
            blocks[number[set] - 1].coordinates.push_back(i);
        }
    }
    for (std::size_t j = 0; j < first.size(); ++j) {
        if (first[j] >= 0) {
            SampleBlock& block = blocks[number[static_cast<std::size_t>(root(first[j]))] - 1];
            block.samples.push_back(static_cast<long>(j));
            block.labels.push_back(problem.columns[j].label);
        }
    }
    return blocks;
}

std::optional<Minimizer> refine_blocks(const Configuration& configuration, const ScaledProblem& problem,
                                       const ScaledPoint& point, long digits, bool measure) {
    const auto clock = ProcessorClock::now();
    const PrecisionScope scope(digits);
    const Arithmetic with{bits_for_digits(digits)};
    const Matrix<double> features = with_exact_zeros(problem, point);
    std::vector<SampleBlock> blocks = sample_blocks(problem, features);
    const bool means = std::any_of(problem.columns.begin(), problem.columns.end(),
                                   [](const ScaledColumn& column) { return column.root != 1; });
    const Constants constants(configuration, means);
    const double behind = constants.log2_gamma - std::log2(problem.columns[0].gamma);
    const double shortfall = behind > lowered ? behind : 0;
    std::vector<BlockPoint> points;
    long residual = -with.bits;
    for (SampleBlock& block : blocks) {
        if (block.width() * block.classes > most_variables) {
            return std::nullopt;
        }
        if (means) {
            set_roots(constants, block);
        }
        points.push_back(start_of(block, point, features));
        const BlockSummary summary =
            refine_block(block, constants.gamma, shortfall, with.bits, points.back());
        if (!summary.converged) {
            return std::nullopt;
        }
        residual = std::max(residual, summary.residual_exponent);
    }
    Minimizer result;
    result.digits = digits;
    result.columns = static_cast<long>(problem.columns.size());
    result.classifier = Matrix<Real>::Constant(problem.classes, problem.dimension, Real(0));
    result.missing_weight = Vector<Real>::Constant(problem.classes, Real(0));
    Collected all;
    all.block.assign(problem.columns.size(), -1);
    all.block_of.assign(static_cast<std::size_t>(problem.dimension), -1);
    for (long i = 0; i < problem.dimension; ++i) {
        all.v.emplace_back(0);
    }
    // Every sample starts at h = 0, where the softmax is uniform; those in blocks are overwritten.
    for (const ScaledColumn& column : problem.columns) {
        Floats logits(problem.classes);
        Float missing;
        all.q.emplace_back(problem.classes);
        residual_of(with, constants.gamma[column.label], column.label, logits, all.q.back()[0], missing);
    }
    const Real stretch = sqrt(sqrt(from_rational<Real>(configuration.lambda_h / configuration.lambda_w)));
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        collect(blocks[b], points[b], stretch, static_cast<long>(b), result, all);
    }
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
        if (all.block[j] < 0) {
            result.missing_weight[problem.columns[j].label] =
                from_rational<Real>(Rational(problem.classes - 1, problem.classes));
        }
    }
    residual = std::max(residual, worst_multiplier(with, all));
    result.kkt_residual_log10 = static_cast<double>(residual) * log10_of_2;
    result.refine_seconds = seconds_since(clock);
    if (measure) {
        result.evaluation_seconds = evaluation_time(with, blocks, constants.gamma, points);
    }
    return result;
}

std::optional<Minimizer> refine_shared(const Configuration& configuration, ScaledProblem problem,
                                       ScaledPoint point, long digits, bool measure) {
    const long double behind = problem.log_gamma[0] - std::log(static_cast<long double>(problem.gamma[0]));
    auto missing = static_cast<double>(
        std::exp(std::min(behind, std::log(static_cast<long double>(largest_gamma_factor)))));
    while (missing > 1 + lowered) {
        const double factor = std::min(gamma_stage, missing);
        missing /= factor;
        for (double& gamma : problem.gamma) {
            gamma *= factor;
        }
        for (ScaledColumn& column : problem.columns) {
            column.gamma *= factor;
        }
        descend(problem, point, DescentOptions{});
    }
    return refine_blocks(configuration, problem, point, digits, measure);
}

}  // namespace ncverify::solvers
