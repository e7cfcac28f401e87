#include "proofs/writer/certificate_coq.hpp"

#include <fmt/format.h>

#include "problem/errors.hpp"
#include "proofs/writer/coq_text.hpp"

namespace ncverify::proofs {

namespace {

// Each entry of the features is multiplied with each row of W, and each product enclosed: 0.05 to 0.1 s of
// Coq's time apiece, measured on 27 and 216 products at 20 digits; so these take about ten minutes.
constexpr double largest_product_number = 1e4;

using Rows = certificates::TextRows;

std::string row_text(const std::vector<certificates::Text>& row) {
    std::vector<std::string> entries;
    for (const std::string& entry : row) {
        entries.push_back(coq_decimal(entry));
    }
    return coq_list(entries);
}

std::string rows_text(Rows::const_iterator begin, Rows::const_iterator end) {
    std::vector<std::string> rows;
    for (; begin != end; ++begin) {
        rows.push_back(row_text(*begin));
    }
    return coq_list(rows);
}

// The rows of the samples form, in one list for each class.
std::string samples_text(const Configuration& configuration, const Rows& rows) {
    std::vector<std::string> classes;
    auto row = rows.begin();
    for (const long long count : configuration.counts) {
        classes.push_back(rows_text(row, row + count));
        row += count;
    }
    return coq_list(classes);
}

std::string slopes_text(const std::vector<Rational>& slopes) {
    std::vector<std::string> pairs;
    for (const Rational& slope : slopes) {
        pairs.push_back(
            fmt::format("({}, {})", Integer(numerator(slope)).str(), Integer(denominator(slope)).str()));
    }
    return coq_list(pairs);
}

// The rational number in `text` is shown as a fraction: bounds are subtracted from each other exactly.
std::string bound(const std::string& text, const std::string& name) {
    return coq_fraction(parse_rational(text, name));
}

void require_small(const certificates::Certificate& certificate) {
    const double products = static_cast<double>(certificate.features.size()) *
                            static_cast<double>(certificate.classifier.size()) *
                            static_cast<double>(certificate.configuration.dimension);
    if (products > largest_product_number) {
        throw InputError(fmt::format("{:.3g} products of a classifier's with a feature's entry", products),
                         "--coq", fmt::format("at most {:.3g}", largest_product_number));
    }
}

// The longest decimal of both bounds: what the enclosures have to tell apart.
long bound_digits(const certificates::Certificate& certificate) {
    const auto length = [](const std::string& text) {
        return static_cast<long>(text.size()) - std::min(0L, decimal_exponent(text));
    };
    return std::max(length(certificate.upper_bound), length(certificate.lower_bound));
}

}  // namespace

std::string certificate_coq(const certificates::Certificate& certificate) {
    require_small(certificate);
    const Configuration& configuration = certificate.configuration;
    const bool samples = certificate.formulation == Formulation::samples;
    const std::string slopes = configuration.weighted() ? "weighted_slopes" : "given_slopes";
    const std::string prefix = coq_prefix(configuration), places = coq_places(configuration);
    const Rational &decay_w = configuration.lambda_w, &decay_h = configuration.lambda_h;
    std::string text = coq_problem(configuration, "A certificate of global optimality, up to a gap.",
                                   bits_for_digits(bound_digits(certificate) + 20));
    text +=
        fmt::format(R"(
(** The point: a row for each classifier, a row for the features of each {}. *)
Definition d : nat := {}.
Definition W_rows : seq (seq R) := {}.
Definition H_rows : {} := {}.
Definition W : classifiers this d := given_W W_rows.
Definition H : features this d := {} H_rows.

(** The slopes, numerators and denominators, and the bounds. *)
Definition slopes : seq (Z * Z) := {}%Z.
Definition upper : R := {}.
Definition lower : R := {}.

Theorem H_feasible : feasible H.
Proof. by apply: {}_feasible; unfold H_rows; nonnegative. Qed.

Theorem slopes_feasible : feasible_slopes (P := this) ({} slopes).
Proof. by apply: ({}_feasible exact (aW := {}) (bW := {}) (aH := {}) (bH := {})); vm_compute. Qed.
)",
                    samples ? "sample" : "class", configuration.dimension,
                    rows_text(certificate.classifier.begin(), certificate.classifier.end()),
                    samples ? "seq (seq (seq R))" : "seq (seq R)",
                    samples ? samples_text(configuration, certificate.features)
                            : rows_text(certificate.features.begin(), certificate.features.end()),
                    samples ? "given_samples" : "given_means", slopes_text(certificate.slopes),
                    bound(certificate.upper_bound, "upper_bound"),
                    bound(certificate.lower_bound, "lower_bound"), samples ? "given_samples" : "given_means",
                    slopes, slopes, Integer(numerator(decay_w)).str(), Integer(denominator(decay_w)).str(),
                    Integer(numerator(decay_h)).str(), Integer(denominator(decay_h)).str());
    text += fmt::format(R"(
Theorem upper_bound : L0 W H <= upper.
Proof.
rewrite ({6}{0}_loss {7} exact); [ | by [] | by [] | by [] | by [] ].
by unfold W_rows, H_rows, upper; enclose.
Qed.

Theorem lower_bound d' (W' : classifiers this d') (H' : features this d') : feasible H' -> lower <= L0 W' H'.
Proof.
move=> H'0; apply: Rle_trans (Duality.weak_duality W' H'0 slopes_feasible).
rewrite ({6}dual_is {7} exact (aW := {1}) (bW := {2}) (aH := {3}) (bH := {4})) //.
by unfold slopes, lower; enclose.
Qed.

(** The point is a global minimiser, in every dimension, up to this gap. *)
Theorem optimal d' (W' : classifiers this d') (H' : features this d') :
  feasible H' -> L0 W H <= L0 W' H' + (upper - lower).
Proof. by move/lower_bound => /(_ W'); move: upper_bound; Lra.lra. Qed.

Theorem gap : upper - lower <= lower * {5}.
Proof. by unfold upper, lower; Lra.lra. Qed.
)",
                        samples ? "samples" : "means", Integer(numerator(decay_w)).str(),
                        Integer(denominator(decay_w)).str(), Integer(numerator(decay_h)).str(),
                        Integer(denominator(decay_h)).str(), fmt::format("1e{}", 2 - certificate.digits),
                        prefix, places);
    return in_columns(text);
}

}  // namespace ncverify::proofs
