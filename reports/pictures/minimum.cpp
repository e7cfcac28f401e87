#include "reports/pictures/minimum.hpp"

#include <algorithm>

#include "certificates/point.hpp"
#include "properties/certified.hpp"
#include "properties/points.hpp"
#include "trial/comparison.hpp"

namespace ncverify::reports {

namespace {

Matrix<Enclosure> product(const Matrix<Enclosure>& a, const Matrix<Enclosure>& b) {
    Matrix<Enclosure> result = Matrix<Enclosure>::Constant(a.rows(), b.cols(), Enclosure(0));
    for (Eigen::Index i = 0; i < a.rows(); ++i) {
        for (Eigen::Index j = 0; j < b.cols(); ++j) {
            for (Eigen::Index m = 0; m < a.cols(); ++m) {
                result(i, j) += a(i, m) * b(m, j);
            }
        }
    }
    return result;
}

}  // namespace

Minimum minimum(const Configuration& configuration, long digits, std::uint64_t seed,
                solvers::SearchMethod search) {
    solvers::SolveOptions options;
    options.digits = digits;
    options.seed = seed;
    options.search = search;
    const properties::CertifiedSolution solved = properties::solve_and_certify(configuration, options);
    Minimum result;
    if (solved.certificate.classifier.empty()) {
        return result;
    }
    result.certified = solved.solution.status == solvers::SolutionStatus::certified;
    result.digits = solved.solution.minimizer.digits;
    const certificates::EnclosedPoint point = certificates::enclosed_point(solved.certificate);
    const Matrix<Enclosure> transposed = point.features.transpose();
    result.loss = objective(configuration, feature_columns(configuration, Formulation::class_means),
                            point.classifier, point.features);
    result.feature_gram = product(transposed, point.features);
    result.classifier_gram = product(point.classifier, point.classifier.transpose());
    result.logits = product(point.classifier, point.features);
    for (Eigen::Index k = 0; k < point.features.cols(); ++k) {
        const auto column = point.features.col(k);
        result.vanishes.push_back(std::all_of(column.begin(), column.end(), properties::is_exact_zero));
    }
    return result;
}

double disagreement(const Matrix<Enclosure>& a, const Matrix<Enclosure>& b) {
    double error = -1e300, scale = -1e300;
    for (Eigen::Index i = 0; i < a.size(); ++i) {
        error = std::max(error, trial::log10_bound(a(i) - b(i)));
        scale = std::max(scale, trial::log10_bound(b(i)));
    }
    return scale > -1e299 ? error - scale : error;
}

}  // namespace ncverify::reports
