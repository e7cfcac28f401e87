#include "properties/certified.hpp"

#include <array>

#include "problem/cancellation.hpp"

namespace ncverify::properties {

namespace {

std::string decimal(const Multiprecision& value) {
    if (value == 0) {
        return "0";
    }
    return value.str(static_cast<std::streamsize>(value.precision()), std::ios_base::scientific);
}

// Texts of numbers of which few differ: the last two are remembered, and copied where they come again. In a
// column of W that serves one class all other entries are usually one number.
class KnownTexts {
  public:
    const certificates::Text& of(const Multiprecision& value) {
        for (const std::size_t place : {latest_, 1 - latest_}) {
            if (known_[place] != nullptr && same(*known_[place], value)) {
                latest_ = place;
                return texts_[place];
            }
        }
        latest_ = 1 - latest_;
        known_[latest_] = &value;
        return texts_[latest_] = decimal(value);
    }

  private:
    static bool same(const Multiprecision& one, const Multiprecision& other) {
        return mpfr_get_prec(one.backend().data()) == mpfr_get_prec(other.backend().data()) &&
               mpfr_equal_p(one.backend().data(), other.backend().data()) != 0;
    }

    std::array<const Multiprecision*, 2> known_{};
    std::array<certificates::Text, 2> texts_;
    std::size_t latest_ = 0;
};

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
    const Matrix<Multiprecision>& classifier = minimizer.classifier;
    certificate.classifier.assign(static_cast<std::size_t>(classifier.rows()), {});
    std::vector<KnownTexts> known(static_cast<std::size_t>(classifier.cols()));
    for (Eigen::Index k = 0; k < classifier.rows(); ++k) {
        give_up_if_cancelled();
        std::vector<certificates::Text>& row = certificate.classifier[static_cast<std::size_t>(k)];
        row.reserve(known.size());
        for (Eigen::Index i = 0; i < classifier.cols(); ++i) {
            row.push_back(known[static_cast<std::size_t>(i)].of(classifier(k, i)));
        }
    }
    const std::vector<certificates::Text> zeros(static_cast<std::size_t>(minimizer.classifier.cols()));
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
