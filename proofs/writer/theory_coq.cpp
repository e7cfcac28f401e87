#include "proofs/writer/theory_coq.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "problem/errors.hpp"
#include "proofs/writer/coq_classes.hpp"
#include "proofs/writer/coq_text.hpp"
#include "proofs/writer/scaled.hpp"
#include "theory/ingredients.hpp"
#include "theory/printed.hpp"

namespace ncverify::proofs {

namespace {

// Of 20 different counts at 20 digits Coq takes 23 s, most of it for what is written once for each count;
// pairs take 0.02 s apiece, 1800 of them here.
constexpr std::size_t largest_group_number = 60;

/// One number: how the proofs/ call it, written out for this configuration, and its decimals.
struct Number {
    std::string name;     ///< of the lemma that encloses it
    std::string value;    ///< its closed form
    std::string decimal;  ///< "0": exactly zero
};

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
        all.insert(all.end(), {group.margin, group.feature_norm_squared, group.classifier_norm_squared,
                               group.logit_own, group.logit_other});
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
    Writer(const Configuration& configuration, const theory::PrintedForm& form, long digits,
           const ScaledWeights& scaled)
        : configuration_(configuration),
          form_(form),
          scaled_(scaled),
          classes_(distinct_classes(configuration, form)),
          digits_(digits),
          weighted_(configuration.weighted()),
          prefix_(coq_prefix(configuration)),
          places_(coq_places(configuration)) {
        for (std::size_t k = 0; k < form.group.size(); ++k) {
            alive_ += form.groups[form.group[k]].collapsed ? 0 : 1;
        }
    }

    std::string text() {
        room();
        loss();
        if (alive_ > 0) {
            once();
        }
        for (std::size_t g = 0; g < classes_.size(); ++g) {
            one_class(g);
            logits(g);
        }
        const std::vector<long> classes = class_numbers(form_);
        for (std::size_t g = 0; g < classes_.size(); ++g) {
            for (std::size_t h = g; h < classes_.size(); ++h) {
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
        text_ += fmt::format(
            "\nLemma {} : {}.\nProof. {} Qed.\n", name, statement(value, decimal, digits_, exactly_zero),
            !exactly_zero ? "enclose."
            : weighted_   ? "by unfold groups, weight_unit, K, N, floor_T; write_out_weighted; ring."
                          : "by unfold groups, K, N, floor_T; write_out; ring.");
        return name;
    }

    // The same of a number that follows from those that `once` encloses, by their names.
    void consequence(const std::string& name, const std::string& value, const std::string& decimal,
                     const std::string& lemma, const std::string& one, const std::string& other) {
        if (alive_ == 0) {
            enclosure(name, value, decimal, true);
            return;
        }
        text_ += fmt::format(R"(
Lemma {} : {}.
Proof. by refine ({}{} prefactor_once weights_once {} _ _{} _); by_integers. Qed.
)",
                             name, statement(value, decimal, digits_, false), prefix_, lemma, one,
                             other.empty() ? "" : " " + other);
    }

    // "margin_value K N floor_T lambda_W lambda_H 100": a definition of proofs/ at this configuration.
    std::string closed_form(const std::string& what, bool groups, const std::string& numbers) const {
        return raw_form(prefix_ + what, groups, numbers);
    }
    std::string raw_form(const std::string& what, bool groups, const std::string& numbers) const {
        const std::string sums = groups ? " groups" : "";
        return weighted_ ? fmt::format("{}_value weight_unit lambda_W lambda_H K N floor_T{}{}", what, sums,
                                       numbers)
                         : fmt::format("{}_value K N floor_T{} lambda_W lambda_H{}", what, sums, numbers);
    }

    // The prefactor p and the sum of a_k = sqrt(n_k) M_k, and each a_k: what all classifiers' products are
    // made of.
    void once() {
        const std::string of = weighted_ ? "product" : "weight", sum = weighted_ ? "products" : "weights";
        const auto add = [&](const std::string& name, const std::string& value, const std::string& number) {
            text_ +=
                fmt::format("\nLemma {} : within scale {} ({}).\nProof. by unfold scale; enclose. Qed.\n",
                            name, number, value);
        };
        text_ += fmt::format(
            "\n(** What all pairs share, enclosed once: up to a unit of 1/scale. *)\nDefinition scale : Z := {}.\n",
            scaled_.scale);
        add("prefactor_once", "prefactor_value K lambda_W lambda_H", scaled_.prefactor);
        add("weights_once", raw_form(sum, true, ""), scaled_.sum);
        for (std::size_t g = 0; g < classes_.size(); ++g) {
            add(once_name(g), raw_form(of, false, " " + classes_[g].number), scaled_.weights[g]);
        }
    }
    std::string once_name(std::size_t g) const { return "weight_" + classes_[g].name + "_once"; }

    // What a theorem about class k of these says first, and the names of these premises.
    static std::string premises(const Classes& classes, const std::string& k) {
        const std::string count = fmt::format("count {} = {} :> R ->", k, classes.count);
        return classes.omega.empty() ? count : count + fmt::format(" omega {} = {} ->", k, classes.omega);
    }
    std::string premise_names(const std::string& k) const {
        return weighted_ ? fmt::format("n_{0} w_{0}", k) : "n_" + k;
    }

    void room() {
        text_ +=
            fmt::format(R"(
(** The number of classes that do not collapse: where d is at least this, and only there, the minimum is
    attained. *)
Lemma alive : active this = {0}%N.
Proof. by rewrite ({1}active_given {2} exact); vm_compute. Qed.

Lemma room d : ({0} <= d)%N -> (active this <= d)%N. Proof. by rewrite alive. Qed.

(** The threshold: class k collapses where {3} is at most this. *)
Theorem threshold : T this = {4}.
Proof.
by rewrite (T_with _ _ _ _ (K_{5} exact) (N_{5} exact)) /threshold_value;
   unfold lambda_W, lambda_H, K, N; field.
Qed.

Theorem attained d :
  (exists (W : classifiers this d) (H : features this d), feasible H /\ L0 W H = Lstar this) <-> ({0} <= d)%N.
Proof. by rewrite attained_iff alive. Qed.
)",
                        alive_, prefix_, places_, weighted_ ? "omega_k^2 n_k" : "n_k",
                        coq_fraction(theory::threshold(configuration_)), weighted_ ? "weighted" : "fact");
    }

    void loss() {
        enclosure("loss_enclosed", closed_form("loss", true, ""), form_.minimum_loss, false);
        text_ += fmt::format(R"(
Theorem minimum_loss d (W : classifiers this d) (H : features this d) :
  ({0} <= d)%N -> global_minimiser W H ->
  {1}.
Proof. by move=> /room dim least; rewrite ({3}minimum_loss_is exact dim least); exact: loss_enclosed. Qed.

(** In every dimension, no point lies below. *)
Theorem loss_bound d (W : classifiers this d) (H : features this d) :
  feasible H -> Lstar this <= L0 W H.
Proof. exact: LowerBound.lower_bound. Qed.

Theorem loss_bound_value : {2}.
Proof. by rewrite ({3}loss_is {4} exact); exact: loss_enclosed. Qed.
)",
                             alive_, statement("L0 W H", form_.minimum_loss, digits_, false),
                             statement("Lstar this", form_.minimum_loss, digits_, false), prefix_, places_);
    }

    void one_class(std::size_t g) {
        const theory::PrintedClass& group = form_.groups[g];
        const Classes& classes = classes_[g];
        const bool zero = group.collapsed, all_zero = alive_ == 0;
        const std::string number = " " + classes.number;
        enclosure("margin_" + classes.name, closed_form("margin", false, number), group.margin, zero);
        enclosure("feature_norm_" + classes.name, closed_form("norm", false, number),
                  group.feature_norm_squared, zero);
        consequence("classifier_norm_" + classes.name, closed_form("classifier", true, number),
                    group.classifier_norm_squared, "classifier_near", once_name(g), "");
        text_ += fmt::format(R"(
(** Classes of {8} sample{1}{9}: whether h_k = 0, M_k, ||h_k||^2 and ||w_k||^2. *)
Theorem class_{0} d (W : classifiers this d) (H : features this d) (k : 'I_(classes this)) :
  ({2} <= d)%N -> global_minimiser W H -> {10}
  [/\ {3},
      {4},
      {5}
    & {6}].
Proof.
move=> /room dim least {11}; split.
- exact: ({12}{7} exact dim least {11} (erefl _)).
- by rewrite ({12}M_value exact {11}); exact: margin_{0}.
- by rewrite ({12}mean_norm_is exact dim least {11}); exact: feature_norm_{0}.
- by rewrite ({12}classifier_norm_is exact dim least {11}); exact: classifier_norm_{0}.
Qed.
)",
                             classes.name, classes.count == 1 ? "" : "s", alive_,
                             zero ? "forall j, mean H k j = 0" : "~ (forall j, mean H k j = 0)",
                             statement("M k", group.margin, digits_, zero),
                             statement("norm2 (mean H k)", group.feature_norm_squared, digits_, zero),
                             statement("norm2 (W k)", group.classifier_norm_squared, digits_, all_zero),
                             zero ? "collapses" : "stands", classes.count, classes.note,
                             premises(classes, "k"), premise_names("k"), prefix_);
    }

    // The own logit of class k, and those of all others.
    void logits(std::size_t g) {
        const theory::PrintedClass& group = form_.groups[g];
        const Classes& classes = classes_[g];
        const bool zero = group.collapsed;
        const std::string number = " " + classes.number;
        enclosure("own_" + classes.name, closed_form("own", false, number), group.logit_own, zero);
        enclosure("other_" + classes.name, closed_form("other", false, number), group.logit_other, zero);
        text_ += fmt::format(R"(
Theorem logits_{0} d (W : classifiers this d) (H : features this d) (k : 'I_(classes this)) :
  ({1} <= d)%N -> global_minimiser W H -> {2}
  {3} /\
  forall m : 'I_(classes this), m != k -> {4}.
Proof.
move=> /room dim least {5}; split=> [|m mk].
  by rewrite ({6}own_logit_is exact dim least {5}); exact: own_{0}.
by rewrite ({6}other_logit_is exact dim least {7}); exact: other_{0}.
Qed.
)",
                             classes.name, alive_, premises(classes, "k"),
                             statement("dot (W k) (mean H k)", group.logit_own, digits_, zero),
                             statement("dot (W m) (mean H k)", group.logit_other, digits_, zero),
                             premise_names("k"), prefix_,
                             weighted_ ? premise_names("k") + " mk" : "mk " + premise_names("k"));
    }

    void two_classes(std::size_t g, std::size_t h) {
        const std::string& decimal = form_.inner[g][h];
        const bool zero = alive_ == 0;
        const Classes &one = classes_[g], &other = classes_[h];
        consequence(fmt::format("inner_{}_{}", one.name, other.name),
                    closed_form("inner", true, fmt::format(" {} {}", one.number, other.number)), decimal,
                    "inner_near", once_name(g), once_name(h));
        text_ +=
            fmt::format(R"(
Theorem classifiers_{0}_{1} d (W : classifiers this d) (H : features this d) (k j : 'I_(classes this)) :
  ({2} <= d)%N -> global_minimiser W H -> k != j -> {4}
  {3}.
Proof.
move=> /room dim least kj {5}.
by rewrite ({6}inner_product_is exact dim least kj {5}); exact: inner_{0}_{1}.
Qed.
)",
                        one.name, other.name, alive_, statement("dot (W k) (W j)", decimal, digits_, zero),
                        premises(one, "k") + " " + premises(other, "j"),
                        premise_names("k") + " " + premise_names("j"), prefix_);
    }

    const Configuration& configuration_;
    const theory::PrintedForm& form_;
    const ScaledWeights& scaled_;
    std::vector<Classes> classes_;
    long digits_;
    bool weighted_;
    std::string prefix_, places_;
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
    const ScaledWeights scaled = scaled_weights(configuration, form, digits + largest - smallest);
    const long bits = bits_for_digits(std::max(digits + 2 * largest - smallest, scaled.digits) + 15);
    return in_columns(coq_problem(configuration, "The closed forms of Theorem 1, enclosed.", bits) +
                      Writer(configuration, form, digits, scaled).text());
}

}  // namespace ncverify::proofs
