#include "measure/nearest_mean.hpp"

#include <algorithm>
#include <limits>

#include "measure/usual_metrics.hpp"

namespace ncverify::measure {

NearestMean::NearestMean(const Matrix<double>& distances, const std::vector<long long>& counts)
    : distances_(distances),
      quarter_of_nearest_(
          Vector<double>::Constant(distances.cols(), std::numeric_limits<double>::infinity())) {
    const std::vector<Eigen::Index> present = present_classes(counts);
    for (const Eigen::Index k : present) {
        bool first = true;
        for (const Eigen::Index l : present) {
            if (l != k) {
                quarter_of_nearest_[k] = std::min(quarter_of_nearest_[k], distances_(k, l) / 4);
            }
            first = first && (l >= k || distances_(k, l) > 0);
        }
        if (first) {
            candidates_.push_back(k);
        }
    }
}

// ||h - h_l||^2 = ||h - h_k||^2 + 2 (h - h_k).(h_k - h_l) + ||h_k - h_l||^2, whose first term is the same
// for all l.
Eigen::Index NearestMean::nearest(Eigen::Index label, const Vector<double>& inner) const {
    Eigen::Index best = candidates_.front();
    double least = std::numeric_limits<double>::infinity();
    for (const Eigen::Index l : candidates_) {
        const double far =
            distances_(label, l) + (distances_(label, l) > 0 ? 2 * (inner[label] - inner[l]) : 0);
        if (far < least) {
            least = far;
            best = l;
        }
    }
    return best;
}

}  // namespace ncverify::measure
