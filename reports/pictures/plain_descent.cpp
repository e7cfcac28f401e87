#include "reports/pictures/plain_descent.hpp"

#include <cmath>

#include "problem/random.hpp"

namespace ncverify::reports {

solvers::ScaledProblem true_problem(const Configuration& configuration, Formulation formulation) {
    solvers::ScaledProblem problem = solvers::scaled_problem(configuration, formulation);
    const double factor = std::exp(static_cast<double>(problem.log_gamma[0])) / problem.gamma[0];
    for (double& gamma : problem.gamma) {
        gamma *= factor;
    }
    for (solvers::ScaledColumn& column : problem.columns) {
        column.gamma *= factor;
    }
    return problem;
}

solvers::ScaledPoint start_point(const solvers::ScaledProblem& problem, std::uint64_t seed) {
    Random random(seed);
    const auto columns = static_cast<Eigen::Index>(problem.columns.size());
    solvers::ScaledPoint point{Matrix<double>(problem.classes, problem.dimension),
                               Matrix<double>(problem.dimension, columns), 0};
    for (Eigen::Index i = 0; i < point.classifier.size(); ++i) {
        point.classifier(i) = 2 * random.uniform() - 1;
    }
    for (Eigen::Index j = 0; j < columns; ++j) {
        const solvers::ScaledColumn& column = problem.columns[static_cast<std::size_t>(j)];
        const double scale =
            column.root / std::sqrt(problem.root_count[static_cast<std::size_t>(column.label)]);
        for (Eigen::Index i = 0; i < point.features.rows(); ++i) {
            point.features(i, j) = scale * random.uniform();
        }
    }
    return point;
}

double loss_of(const Configuration& configuration, double value) {
    return value * std::sqrt(from_rational<double>(configuration.lambda_w * configuration.lambda_h));
}

}  // namespace ncverify::reports
