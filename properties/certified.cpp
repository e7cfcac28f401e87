#include "properties/certified.hpp"

#include "problem/cancellation.hpp"

namespace ncverify::properties {

namespace {

std::string decimal(const Multiprecision& value) {
    if (value == 0) {
        return "0";
    }
    return value.str(static_cast<std::streamsize>(value.precision()), std::ios_base::scientific);
}

Rational rational(const std::string& decimal) {
    return parse_rational(decimal, "bound", 1'000'000);
}

}  // namespace

certificates::Certificate make_certificate(const Configuration& configuration, long digits,
                                           const solvers::Minimizer& minimizer,
                                           const std::vector<Rational>& slopes, Formulation formulation) {
    certificates::Certificate certificate;
    certificate.configuration = configuration;
    certificate.formulation = formulation;
    certificate.digits = digits;
    certificate.slopes = slopes;
    for (Eigen::Index k = 0; k < minimizer.classifier.rows(); ++k) {
        give_up_if_cancelled();
        std::vector<std::string> weights;
        for (Eigen::Index i = 0; i < minimizer.classifier.cols(); ++i) {
            weights.push_back(decimal(minimizer.classifier(k, i)));
        }
        certificate.classifier.push_back(std::move(weights));
    }
    const std::vector<std::string> zeros(static_cast<std::size_t>(minimizer.classifier.cols()), "0");
    certificate.features.assign(static_cast<std::size_t>(minimizer.columns), zeros);
    for (const solvers::Feature& feature : minimizer.features) {
        certificate.features[static_cast<std::size_t>(feature.column)]
                            [static_cast<std::size_t>(feature.coordinate)] = decimal(feature.value);
    }
    return certificate;
}

CertifiedSolution solve_and_certify(const Configuration& configuration,
                                    const solvers::SolveOptions& options) {
    CertifiedSolution result;
    const long digits = solvers::working_digits(configuration, options.digits);
    const PrecisionScope scope(digits + 20);
    const Enclosure allowed = from_rational<Enclosure>(rational("1e" + std::to_string(2 - options.digits)));
    bool have_point = false;
    Rational best;
    const solvers::MinimizerJudge judge = [&](const solvers::Minimizer& minimizer,
                                              const std::vector<Rational>& slopes) {
        certificates::Certificate certificate =
            make_certificate(configuration, options.digits, minimizer, slopes, options.formulation);
        certificates::Bounds bounds = certificates::evaluate_bounds(certificate);
        certificate.upper_bound = certificates::outward(bounds.upper, digits, true);
        certificate.lower_bound = certificates::outward(bounds.lower, digits, false);
        solvers::Judgement judgement;
        judgement.upper_bound = rational(certificate.upper_bound);
        judgement.lower_bound = rational(certificate.lower_bound);
        judgement.proven = bounds.feasible && !certificates::contradictory(bounds) &&
                           certainly_at_most(bounds.relative_gap, allowed);
        if (!have_point || judgement.upper_bound < best) {
            best = judgement.upper_bound;
            have_point = true;
            result.certificate = std::move(certificate);
            result.bounds = std::move(bounds);
        }
        return judgement;
    };
    result.solution = solvers::solve(configuration, options, judge);
    return result;
}

}  // namespace ncverify::properties
