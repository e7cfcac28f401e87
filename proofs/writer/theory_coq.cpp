#include "proofs/writer/theory_coq.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "problem/errors.hpp"
#include "proofs/writer/coq_text.hpp"
#include "theory/printed.hpp"

namespace ncverify::proofs {

namespace {

constexpr std::size_t largest_group_number = 60;

/// One number: how the proofs/ call it, written out for this configuration, and its decimals.
struct Number {
    std::string name;     ///< of the lemma that encloses it
    std::string value;    ///< its closed form
    std::string decimal;  ///< "0": exactly zero
};

// The distinct counts in the order of the printed form's groups.
std::vector<long long> distinct_counts(const Configuration& configuration, const theory::PrintedForm& form) {
    std::vector<long long> counts(form.groups.size());
    for (std::size_t k = 0; k < form.group.size(); ++k) {
        counts[form.group[k]] = configuration.counts[k];
    }
    return counts;
}

std::vector<long> class_numbers(const theory::PrintedForm& form) {
    std::vector<long> numbers(form.groups.size(), 0);
    for (const std::size_t group : form.group) {
        ++numbers[group];
    }
    return numbers;
}

// All decimals of the form, to learn their orders of magnitude.
std::vector<std::string> decimals(const theory::PrintedForm& form) {
    std::vector<std::string> all = {form.minimum_loss};
    for (const theory::PrintedClass& group : form.groups) {
        all.insert(all.end(), {group.margin, group.feature_norm_squared, group.classifier_norm_squared});
    }
    for (const auto& row : form.inner) {
        std::copy_if(row.begin(), row.end(), std::back_inserter(all),
                     [](const std::string& text) { return !text.empty(); });
    }
    return all;
}

std::string statement(const std::string& what, const std::string& decimal, long digits, bool exactly_zero) {
    if (exactly_zero) {
        return what + " = 0";
    }
    // A zero that only a relation between logarithms makes exact: near zero is what intervals can prove.
    const std::string tolerance = decimal == "0" ? fmt::format("1e-{}", digits) : coq_half_unit(decimal);
    return fmt::format("near ({}) {} {}", what, coq_decimal(decimal), tolerance);
}

class Writer {
  public:
    Writer(const Configuration& configuration, const theory::PrintedForm& form, long digits)
        : form_(form), counts_(distinct_counts(configuration, form)), digits_(digits) {
        for (std::size_t k = 0; k < form.group.size(); ++k) {
            alive_ += form.groups[form.group[k]].collapsed ? 0 : 1;
        }
    }

    std::string text() {
        room();
        loss();
        for (std::size_t g = 0; g < counts_.size(); ++g) {
            one_class(g);
        }
        const std::vector<long> classes = class_numbers(form_);
        for (std::size_t g = 0; g < counts_.size(); ++g) {
            for (std::size_t h = g; h < counts_.size(); ++h) {
                if (g != h || classes[g] > 1) {
                    two_classes(g, h);
                }
            }
        }
        return std::move(text_);
    }

  private:
    // Proves that `value`, a closed form, is near `decimal`.
    std::string enclosure(const std::string& name, const std::string& value, const std::string& decimal,
                          bool exactly_zero) {
        text_ += fmt::format("\nLemma {} : {}.\nProof. {} Qed.\n", name,
                             statement(value, decimal, digits_, exactly_zero),
                             exactly_zero ? "by unfold groups, K, N, floor_T; write_out; ring." : "enclose.");
        return name;
    }

    void room() {
        text_ += fmt::format(R"(
(** The number of classes that do not collapse: where d is at least this, and only there, the minimum is
    attained. *)
Lemma alive : active this = {0}%N.
Proof. by rewrite (active_given _ _ _ exact); vm_compute. Qed.

Lemma room d : ({0} <= d)%N -> (active this <= d)%N. Proof. by rewrite alive. Qed.

Theorem attained d :
  (exists (W : classifiers this d) (H : features this d), feasible H /\ L0 W H = Lstar this) <-> ({0} <= d)%N.
Proof. by rewrite attained_iff alive. Qed.
)",
                             alive_);
    }

    void loss() {
        const std::string value = "loss_value K N floor_T groups lambda_W lambda_H";
        enclosure("loss_enclosed", value, form_.minimum_loss, false);
        text_ += fmt::format(R"(
Theorem minimum_loss d (W : classifiers this d) (H : features this d) :
  ({} <= d)%N -> global_minimiser W H ->
  {}.
Proof. by move=> /room dim least; rewrite (minimum_loss_is exact dim least); exact: loss_enclosed. Qed.

(** In every dimension, no point lies below. *)
Theorem loss_bound d (W : classifiers this d) (H : features this d) :
  feasible H -> Lstar this <= L0 W H.
Proof. exact: LowerBound.lower_bound. Qed.

Theorem loss_bound_value : {}.
Proof. by rewrite (loss_is _ _ _ exact); exact: loss_enclosed. Qed.
)",
                             alive_, statement("L0 W H", form_.minimum_loss, digits_, false),
                             statement("Lstar this", form_.minimum_loss, digits_, false));
    }

    void one_class(std::size_t g) {
        const theory::PrintedClass& group = form_.groups[g];
        const long long n = counts_[g];
        const bool zero = group.collapsed, all_zero = alive_ == 0;
        const std::string data = "lambda_W lambda_H";
        enclosure(fmt::format("margin_{}", n), fmt::format("margin_value K N floor_T {} {}", data, n),
                  group.margin, zero);
        enclosure(fmt::format("feature_norm_{}", n), fmt::format("norm_value K N floor_T {} {}", data, n),
                  group.feature_norm_squared, zero);
        enclosure(fmt::format("classifier_norm_{}", n),
                  fmt::format("classifier_value K N floor_T groups {} {}", data, n),
                  group.classifier_norm_squared, all_zero);
        text_ += fmt::format(R"(
(** Classes of {0} sample{1}: whether h_k = 0, M_k, ||h_k||^2 and ||w_k||^2. *)
Theorem class_{0} d (W : classifiers this d) (H : features this d) (k : 'I_(classes this)) :
  ({2} <= d)%N -> global_minimiser W H -> count k = {0} :> R ->
  [/\ {3},
      {4},
      {5}
    & {6}].
Proof.
move=> /room dim least n_k; split.
- exact: ({7} exact dim least n_k (erefl _)).
- by rewrite (M_value exact n_k); exact: margin_{0}.
- by rewrite (mean_norm_is exact dim least n_k); exact: feature_norm_{0}.
- by rewrite (classifier_norm_is exact dim least n_k); exact: classifier_norm_{0}.
Qed.
)",
                             n, n == 1 ? "" : "s", alive_,
                             zero ? "forall j, mean H k j = 0" : "~ (forall j, mean H k j = 0)",
                             statement("M k", group.margin, digits_, zero),
                             statement("norm2 (mean H k)", group.feature_norm_squared, digits_, zero),
                             statement("norm2 (W k)", group.classifier_norm_squared, digits_, all_zero),
                             zero ? "collapses" : "stands");
    }

    void two_classes(std::size_t g, std::size_t h) {
        const std::string& decimal = form_.inner[g][h];
        const bool zero = alive_ == 0;
        enclosure(
            fmt::format("inner_{}_{}", counts_[g], counts_[h]),
            fmt::format("inner_value K N floor_T groups lambda_W lambda_H {} {}", counts_[g], counts_[h]),
            decimal, zero);
        text_ +=
            fmt::format(R"(
Theorem classifiers_{0}_{1} d (W : classifiers this d) (H : features this d) (k j : 'I_(classes this)) :
  ({2} <= d)%N -> global_minimiser W H -> k != j -> count k = {0} :> R -> count j = {1} :> R ->
  {3}.
Proof.
move=> /room dim least kj n_k n_j.
by rewrite (inner_product_is exact dim least kj n_k n_j); exact: inner_{0}_{1}.
Qed.
)",
                        counts_[g], counts_[h], alive_, statement("dot (W k) (W j)", decimal, digits_, zero));
    }

    const theory::PrintedForm& form_;
    std::vector<long long> counts_;
    long digits_;
    long alive_ = 0;
    std::string text_;
};

}  // namespace

std::string theory_coq(const Configuration& configuration, long digits) {
    theory::PrintedForm form = theory::printed_form(configuration, digits, true);
    if (form.groups.size() > largest_group_number) {
        throw InputError(fmt::format("{} different counts", form.groups.size()), "--coq",
                         fmt::format("at most {}, as each pair is a theorem", largest_group_number));
    }
    // Half a unit of the last of P digits of d.ddde+x is 5e(x-P): x more digits put it below 10^-P.
    long largest = 0, smallest = 0;
    for (const std::string& decimal : decimals(form)) {
        largest = std::max(largest, decimal_exponent(decimal) + 1);
        smallest = std::min(smallest, decimal_exponent(decimal));
    }
    if (form.undecided.empty() && largest > 0) {
        form = theory::printed_form(configuration, digits + largest, true);
    }
    if (!form.undecided.empty()) {
        return "";
    }
    // Numbers far below 1 come out of differences of numbers around 1; 15 digits are to spare.
    const long bits = bits_for_digits(digits + 2 * largest - smallest + 15);
    return coq_problem(configuration, "The closed forms of Theorem 1, enclosed.", bits) +
           Writer(configuration, form, digits).text();
}

}  // namespace ncverify::proofs
