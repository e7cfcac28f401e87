#include "measure/dead_classes.hpp"

namespace ncverify::measure {

namespace {

// omega_k n_k/N (log K - phi(M_k)) - lH n_k ||h_k||^2, phi(a) = log(1 + (K-1) e^-a)
Enclosure cost_of(const Configuration& configuration, const theory::ClassForm& form, std::size_t k) {
    const Enclosure classes(static_cast<double>(configuration.classes()));
    const Enclosure count(static_cast<long>(configuration.counts[k]));
    const Enclosure omega =
        configuration.weighted() ? weight_value<Enclosure>(configuration.weights[k]) : Enclosure(1);
    const Enclosure own = log(Enclosure(1) + (classes - Enclosure(1)) * exp(-form.margin));
    return omega * count / from_rational<Enclosure>(Rational(configuration.samples())) *
               (log(classes) - own) -
           from_rational<Enclosure>(configuration.lambda_h) * count * form.feature_norm_squared;
}

}  // namespace

DeadClasses dead_classes(const Configuration& configuration, const theory::ClosedForm& form,
                         const Matrix<double>& feature_gram, const std::vector<double>& spread,
                         const std::vector<long long>& counts) {
    DeadClasses dead;
    dead.cost = Enclosure(0);
    const Enclosure short_square(dead_share * dead_share);
    for (std::size_t k = 0; k < counts.size(); ++k) {
        const auto place = static_cast<Eigen::Index>(k);
        const theory::ClassForm& optimum = form.classes[k];
        if (counts[k] == 0 || optimum.collapsed ||
            !certainly_less(Enclosure(feature_gram(place, place)),
                            short_square * optimum.feature_norm_squared)) {
            continue;
        }
        dead.classes.push_back(place);
        dead.exactly_zero = dead.exactly_zero && feature_gram(place, place) == 0 && spread[k] == 0;
        dead.cost += cost_of(configuration, optimum, k);
    }
    return dead;
}

}  // namespace ncverify::measure
