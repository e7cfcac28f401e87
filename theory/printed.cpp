#include "theory/printed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "problem/errors.hpp"
#include "theory/closed_form.hpp"
#include "theory/exact_values.hpp"
#include "theory/rounding.hpp"

namespace ncverify::theory {

namespace {

constexpr double largest_output_bytes = 4e9;
constexpr long spare_digits = 5;  ///< that a sharp ball has beyond those that are printed

/// Decimal digits of the exact input: near a threshold as many cancel.
long input_digits(const Configuration& configuration) {
    long bits = 64;
    for (const Rational& lambda : {configuration.lambda_w, configuration.lambda_h}) {
        bits += static_cast<long>(mpz_sizeinbase(numerator(lambda).backend().data(), 2) +
                                  mpz_sizeinbase(denominator(lambda).backend().data(), 2));
    }
    long longest = 0;
    for (const ClassWeight& weight : configuration.weights) {
        longest = std::max(
            longest, static_cast<long>(mpz_sizeinbase(numerator(weight.squared).backend().data(), 2) +
                                       mpz_sizeinbase(denominator(weight.squared).backend().data(), 2)));
    }
    bits += longest;
    return bits / 3 + 1;
}

/// One pass at one precision: fills what is still empty and can be decided.
class Pass {
  public:
    Pass(const Configuration& configuration, long digits, PrintedForm& form)
        : configuration_(configuration), digits_(digits), form_(form) {
        form.undecided.clear();
    }

    void run(const std::vector<long>& first, const std::vector<long>& last) {
        const ClosedForm closed = closed_form(configuration_);
        // A sum of non-negative terms: as sharp as they are.
        sharp_ = arb_rel_accuracy_bits(closed.weight_sum.data()) >= bits_for_digits(digits_ + spare_digits);
        number(form_.minimum_loss, closed.minimum_loss, "the minimum loss");
        for (std::size_t g = 0; g < first.size(); ++g) {
            const ClassForm& values = closed.classes[static_cast<std::size_t>(first[g])];
            PrintedClass& printed = form_.groups[g];
            printed.collapsed = values.collapsed;
            const std::string where = " of class " + std::to_string(first[g] + 1);
            number(printed.margin, values.margin, "the margin" + where);
            number(printed.feature_norm_squared, values.feature_norm_squared,
                   "the squared feature norm" + where);
            number(printed.classifier_norm_squared, values.classifier_norm_squared,
                   "the squared classifier norm" + where);
            number(printed.logit_own, values.logit_own, "the own logit" + where);
            number(printed.logit_other, values.logit_other, "the other logits" + where);
        }
        for (std::size_t g = 0; g < form_.inner.size(); ++g) {
            for (std::size_t h = 0; h <= g; ++h) {
                if (g != h || first[g] != last[g]) {
                    pair(closed, g, h, last[g], first[h]);
                }
            }
        }
    }

  private:
    void number(std::string& text, const Enclosure& value, const std::string& name) {
        if (text.empty()) {
            if (const auto decided = rounded(value, digits_)) {
                text = *decided;
            } else {
                form_.undecided = name;
            }
        }
    }

    // Two different classes k and j of the groups g and h. Exact values are tried where a ball decides
    // nothing although it is sharp: where it is wide, a narrower one is cheaper.
    void pair(const ClosedForm& closed, std::size_t g, std::size_t h, long k, long j) {
        std::string& inner = form_.inner[g][h];
        std::string& cosine = form_.cosine[g][h];
        const std::string where = " of classes " + std::to_string(j + 1) + " and " + std::to_string(k + 1);
        if (inner.empty()) {
            const Enclosure product = closed.classifier_inner(k, j);
            const bool zero =
                sharp_ && contains_zero(product) && classifiers_orthogonal(configuration_, k, j);
            number(inner, zero ? Enclosure(0) : product, "the product of the classifiers" + where);
            form_.inner[h][g] = inner;
        }
        if (cosine.empty() && !form_.own_cosine.empty()) {
            if (inner == "0") {
                cosine = "0";
            } else if (const auto decided = rounded(*closed.classifier_cosine(k, j), digits_)) {
                cosine = *decided;
            } else if (const auto exact = sharp_ ? rational_cosine(configuration_, k, j) : std::nullopt) {
                cosine = rounded(*exact, digits_);
            } else {
                form_.undecided = "the cosine" + where;
            }
            form_.cosine[h][g] = cosine;
        }
    }

    const Configuration& configuration_;
    long digits_;
    bool sharp_ = false;
    PrintedForm& form_;
};

}  // namespace

void require_printable(const Configuration& configuration, long digits, bool with_matrices) {
    const auto classes = static_cast<double>(configuration.classes());
    const double per_number = static_cast<double>(digits) + 60;
    const double numbers = with_matrices ? 2 * classes * classes + 6 * classes : 6 * classes;
    if (numbers * per_number > largest_output_bytes) {
        throw InputError(
            fmt::format("{:.3g} numbers of {} digits do not fit in memory", numbers, digits), "theory",
            with_matrices ? "--summary, fewer digits or fewer classes" : "fewer digits or classes");
    }
}

long precision_cap(const Configuration& configuration, long digits) {
    return 16 * (digits + input_digits(configuration));
}

PrintedForm printed_form(const Configuration& configuration, long digits, bool with_matrices,
                         std::optional<long> cap) {
    PrintedForm form;
    const Rational limit = threshold(configuration);
    form.threshold_exact = to_string(limit);
    form.threshold = rounded(limit, digits);
    std::map<std::pair<long long, Rational>, std::size_t> groups;  // of equal count and weight
    std::vector<long> first, last;                                 // class of each group
    bool alive = false;
    for (long k = 0; k < configuration.classes(); ++k) {
        const Rational weighted = weighted_count(configuration, static_cast<std::size_t>(k));
        const auto [place, fresh] =
            groups.try_emplace({configuration.counts[static_cast<std::size_t>(k)], weighted}, groups.size());
        if (fresh) {
            first.push_back(k);
            last.push_back(k);
        }
        last[place->second] = k;
        form.group.push_back(place->second);
        alive = alive || weighted > limit;
    }
    form.groups.resize(first.size());
    form.own_cosine = alive ? rounded(Rational(1), digits) : "";
    if (with_matrices) {
        form.inner.assign(first.size(), std::vector<std::string>(first.size()));
        form.cosine = form.inner;
    }
    // Sums over K classes lose log10(K) digits; 15 more make a second pass rare.
    const long last_digits = cap.value_or(precision_cap(configuration, digits));
    for (long working = std::min(digits + 20, last_digits);; working = std::min(2 * working, last_digits)) {
        const PrecisionScope scope(working);
        Pass(configuration, digits, form).run(first, last);
        form.working_digits = working;
        if (form.undecided.empty() || working == last_digits) {
            return form;
        }
    }
}

}  // namespace ncverify::theory
