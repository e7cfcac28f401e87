#include "reports/pictures/theorem.hpp"

namespace ncverify::reports {

Matrix<Enclosure> feature_gram(const theory::ClosedForm& form) {
    const auto classes = static_cast<Eigen::Index>(form.classes.size());
    Matrix<Enclosure> gram = Matrix<Enclosure>::Constant(classes, classes, Enclosure(0));
    for (Eigen::Index k = 0; k < classes; ++k) {
        gram(k, k) = form.classes[static_cast<std::size_t>(k)].feature_norm_squared;
    }
    return gram;
}

Matrix<Enclosure> logits(const theory::ClosedForm& form) {
    const auto classes = static_cast<Eigen::Index>(form.classes.size());
    Matrix<Enclosure> matrix(classes, classes);
    for (Eigen::Index k = 0; k < classes; ++k) {
        const theory::ClassForm& one = form.classes[static_cast<std::size_t>(k)];
        for (Eigen::Index m = 0; m < classes; ++m) {
            matrix(m, k) = m == k ? one.logit_own : one.logit_other;
        }
    }
    return matrix;
}

}  // namespace ncverify::reports
