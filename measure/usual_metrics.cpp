#include "measure/usual_metrics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "measure/columns.hpp"

namespace ncverify::measure {

namespace {

// Below this share of ||h_k||^2 + ||h_l||^2, a distance is formed from the difference of the two instead.
constexpr double cancels = 0.1;

std::optional<double> finite(double value) {
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

// Standard deviation, with 1/(K-1), over mean; of lengths given by their squares.
std::optional<double> variation(const Vector<double>& squares) {
    const Vector<double> lengths = squares.cwiseSqrt();
    const double mean = lengths.mean();
    const auto degrees = static_cast<double>(lengths.size() - 1);
    return finite(std::sqrt((lengths.array() - mean).square().sum() / degrees) / mean);
}

// Mean over pairs of |cos + 1/(K-1)|; nothing where one vector has no direction.
std::optional<double> away_from_simplex(const Matrix<double>& gram) {
    const Eigen::Index size = gram.rows();
    const Vector<double> lengths = gram.diagonal().cwiseSqrt();
    const double simplex = 1 / static_cast<double>(size - 1);
    double sum = 0;
    for (Eigen::Index k = 0; k < size; ++k) {
        for (Eigen::Index l = 0; l < k; ++l) {
            sum += std::abs(gram(k, l) / (lengths[k] * lengths[l]) + simplex);
        }
    }
    return finite(sum / (static_cast<double>(size) * static_cast<double>(size - 1) / 2));
}

std::optional<double> simplex_error(const Matrix<double>& gram) {
    const auto size = static_cast<double>(gram.rows());
    const double norm = gram.norm(), scale = std::sqrt(size - 1);
    double sum = 0;
    for (Eigen::Index k = 0; k < gram.rows(); ++k) {
        for (Eigen::Index l = 0; l < gram.cols(); ++l) {
            const double difference = gram(k, l) / norm - ((k == l ? 1 : 0) - 1 / size) / scale;
            sum += difference * difference;
        }
    }
    return finite(std::sqrt(sum));
}

// || A/||A|| - B/||B|| ||^2
std::optional<double> normalised_distance(const Matrix<double>& a, const Matrix<double>& b) {
    return finite((a / a.norm() - b / b.norm()).squaredNorm());
}

Matrix<double> columns_of(const Matrix<double>& matrix, const std::vector<Eigen::Index>& columns) {
    Matrix<double> chosen(matrix.rows(), static_cast<Eigen::Index>(columns.size()));
    for (std::size_t j = 0; j < columns.size(); ++j) {
        chosen.col(static_cast<Eigen::Index>(j)) = matrix.col(columns[j]);
    }
    return chosen;
}

std::optional<double> mean_cdnv(const Matrix<double>& distances, const std::vector<double>& variances,
                                const std::vector<Eigen::Index>& present) {
    double sum = 0;
    for (const Eigen::Index k : present) {
        for (const Eigen::Index l : present) {
            if (l < k) {
                sum += (variances[static_cast<std::size_t>(k)] + variances[static_cast<std::size_t>(l)]) / 2 /
                       distances(k, l);
            }
        }
    }
    const auto size = static_cast<double>(present.size());
    return finite(sum / (size * (size - 1) / 2));
}

// Where all logits of a class are zero, its largest is the first, and its mean is that of all such classes.
double target_mismatch(const std::vector<long long>& counts, const std::vector<double>& margins,
                       const std::vector<Eigen::Index>& present) {
    double wrong = 0, samples = 0;
    Eigen::Index first_collapsed = -1;
    for (const Eigen::Index k : present) {
        const auto count = static_cast<double>(counts[static_cast<std::size_t>(k)]);
        samples += count;
        if (margins[static_cast<std::size_t>(k)] == 0) {
            first_collapsed = first_collapsed < 0 ? k : first_collapsed;
            wrong += first_collapsed == 0 ? 0 : count;
        }
    }
    return wrong / samples;
}

}  // namespace

std::vector<Eigen::Index> present_classes(const std::vector<long long>& counts) {
    std::vector<Eigen::Index> present;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        if (counts[k] > 0) {
            present.push_back(static_cast<Eigen::Index>(k));
        }
    }
    return present;
}

Vector<double> centre_shares(const std::vector<long long>& counts, Centre centre) {
    const auto samples = static_cast<double>(std::accumulate(counts.begin(), counts.end(), 0LL));
    const auto classes = static_cast<double>(present_classes(counts).size());
    Vector<double> shares(static_cast<Eigen::Index>(counts.size()));
    for (std::size_t k = 0; k < counts.size(); ++k) {
        shares[static_cast<Eigen::Index>(k)] = centre == Centre::sample_mean
                                                   ? static_cast<double>(counts[k]) / samples
                                                   : (counts[k] > 0 ? 1 / classes : 0);
    }
    return shares;
}

Matrix<double> squared_distances(const Matrix<double>& means, const Matrix<double>& gram) {
    Matrix<double> distances(gram.rows(), gram.cols());
    for (Eigen::Index k = 0; k < gram.rows(); ++k) {
        distances(k, k) = 0;
        for (Eigen::Index l = 0; l < k; ++l) {
            const double size = gram(k, k) + gram(l, l);
            double distance = size - 2 * gram(k, l);
            if (!(distance > cancels * size)) {
                distance = (means.col(k) - means.col(l)).squaredNorm();
            }
            distances(k, l) = distances(l, k) = distance;
        }
    }
    return distances;
}

UsualMetrics geometry_metrics(const Geometry& geometry, Centre centre) {
    const std::vector<Eigen::Index> present = present_classes(geometry.counts);
    const Vector<long double> shares = centre_shares(geometry.counts, centre).cast<long double>();
    const Vector<double> middle = (geometry.means.cast<long double>() * shares).cast<double>();
    const Matrix<double> centred = columns_of(geometry.means, present).colwise() - middle;
    const Matrix<double> gram = gram_matrix(centred);
    UsualMetrics metrics;
    metrics.norm_m_cov = variation(gram.diagonal());
    metrics.norm_w_cov = variation(geometry.classifier_gram.diagonal());
    metrics.cos_m = away_from_simplex(gram);
    metrics.cos_w = away_from_simplex(geometry.classifier_gram);
    metrics.w_m_dist = normalised_distance(columns_of(geometry.classifier.transpose(), present), centred);
    metrics.cdnv = mean_cdnv(geometry.distances, geometry.variances, present);
    metrics.etf_error = simplex_error(gram);
    metrics.etf_error_w = simplex_error(geometry.classifier_gram);
    return metrics;
}

// All metrics are of directions and proportions. Up to a factor of its own each, h_k = r_k e_k with
// r_k^2 = M_k / sqrt(n_k), (9), and w_k = K u_k e_k - sum_m u_m e_m with u_k = sqrt(n_k) r_k, (10).
UsualMetrics target_metrics(const std::vector<long long>& training_counts,
                            const std::vector<long long>& counts, const std::vector<double>& margins,
                            Centre centre) {
    const std::vector<Eigen::Index> present = present_classes(counts);
    const auto all = static_cast<Eigen::Index>(margins.size());
    const Vector<double> shares = centre_shares(counts, centre);
    Vector<double> length(all), scaled(all);
    for (Eigen::Index k = 0; k < all; ++k) {
        const double root = std::sqrt(static_cast<double>(training_counts[static_cast<std::size_t>(k)]));
        length[k] = std::sqrt(margins[static_cast<std::size_t>(k)] / root);
        scaled[k] = root * length[k];
    }
    const auto classes = static_cast<double>(all);
    const double weight_sum = scaled.squaredNorm();
    Matrix<double> classifier_gram(all, all);
    for (Eigen::Index k = 0; k < all; ++k) {
        for (Eigen::Index l = 0; l < all; ++l) {
            const double own = scaled[k] * scaled[k];
            classifier_gram(k, l) = k == l ? (classes - 1) * (classes - 1) * own + weight_sum - own
                                           : weight_sum - classes * (own + scaled[l] * scaled[l]);
        }
    }
    const auto size = static_cast<Eigen::Index>(present.size());
    const double middle = (shares.array() * length.array()).square().sum();
    Matrix<double> gram(size, size), rows(size, all), centred(size, all);
    for (Eigen::Index i = 0; i < size; ++i) {
        const Eigen::Index k = present[static_cast<std::size_t>(i)];
        const double own = length[k] * length[k];
        for (Eigen::Index j = 0; j < size; ++j) {
            const Eigen::Index l = present[static_cast<std::size_t>(j)];
            gram(i, j) = (k == l ? own : 0) - shares[k] * own - shares[l] * length[l] * length[l] + middle;
        }
        rows.row(i) = -scaled.transpose();
        rows(i, k) += classes * scaled[k];
        centred.row(i) = -(shares.array() * length.array()).matrix().transpose();
        centred(i, k) += length[k];
    }
    const auto collapsed = std::count_if(present.begin(), present.end(), [&](Eigen::Index k) {
        return margins[static_cast<std::size_t>(k)] == 0;
    });
    UsualMetrics metrics;
    metrics.sw_inv_sb = 0;
    metrics.norm_m_cov = variation(gram.diagonal());
    metrics.norm_w_cov = variation(classifier_gram.diagonal());
    metrics.cos_m = away_from_simplex(gram);
    metrics.cos_w = away_from_simplex(classifier_gram);
    metrics.w_m_dist = normalised_distance(rows, centred);
    metrics.ncc_mismatch = target_mismatch(counts, margins, present);
    metrics.cdnv = collapsed > 1 ? std::nullopt : std::optional(0.0);
    metrics.etf_error = simplex_error(gram);
    metrics.etf_error_w = simplex_error(classifier_gram);
    return metrics;
}

}  // namespace ncverify::measure
