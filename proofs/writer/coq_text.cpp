#include "proofs/writer/coq_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ncverify::proofs {

namespace {

// The classes' texts, each with the number of its classes, in the order in which MathComp's undup lists them:
// that of their last occurrences.
std::vector<std::string> groups(const std::vector<std::string>& classes) {
    std::vector<std::string> found;
    std::set<std::string> seen;
    for (auto text = classes.rbegin(); text != classes.rend(); ++text) {
        if (seen.insert(*text).second) {
            found.push_back(
                fmt::format("({}, {})", *text, std::count(classes.begin(), classes.end(), *text)));
        }
    }
    std::reverse(found.begin(), found.end());
    return found;
}

// T = c^2 K^2/(K-1)^2 = N^2 K/(K-1) lW lH times a denominator, rounded down, as the proofs use it: class k
// collapses where n_k, with weights the numerator of omega_k^2 times n_k, is at most this.
Integer threshold_floor(const Configuration& configuration, const Integer& unit) {
    const Rational share(configuration.classes(), configuration.classes() - 1);
    const Rational threshold = configuration.c_squared() * share * share * unit;
    return numerator(threshold) / denominator(threshold);
}

// What a file with class weights says beside one without: "" where there are none.
struct WeightTexts {
    std::string data, valid, arguments, facts, unfolded;
};

WeightTexts texts_of(const CoqWeights& weights) {
    if (weights.numerators.empty()) {
        return {.data = "",
                .valid = "",
                .arguments = "given counts_valid",
                .facts = "facts counts",
                .unfolded = "counts, "};
    }
    std::vector<std::string> numerators;
    for (const Integer& numerator : weights.numerators) {
        numerators.push_back(numerator.str());
    }
    return {
        .data = fmt::format(R"(
(** The squares of the class weights: these numerators over one denominator. *)
Definition weights : seq Z := {}%Z.
Definition weight_unit : Z := {}.
)",
                            coq_list(numerators), weights.unit.str()),
        .valid = "Lemma weights_valid : valid_weights counts weights weight_unit. Proof. exact: isT. Qed.\n",
        .arguments = "weighted counts_valid weights_valid",
        .facts = "weighted_facts counts weights weight_unit",
        .unfolded = "counts, weights, weight_unit, "};
}

}  // namespace

std::string coq_fraction(const Rational& value) {
    return fmt::format("({} / {})", Integer(numerator(value)).str(), Integer(denominator(value)).str());
}

std::string coq_decimal(const std::string& decimal) {
    return decimal.starts_with('-') ? "(" + decimal + ")" : decimal;
}

long decimal_exponent(const std::string& decimal) {
    const std::size_t mark = decimal.find('e');
    return mark == std::string::npos ? 0 : std::stol(decimal.substr(mark + 1));
}

std::string coq_half_unit(const std::string& decimal) {
    const std::size_t point = decimal.find('.');
    const std::size_t end = std::min(decimal.find('e'), decimal.size());
    const long places = point == std::string::npos ? 0 : static_cast<long>(end - point) - 1;
    return fmt::format("5e{}", decimal_exponent(decimal) - places - 1);
}

std::string coq_list(const std::vector<std::string>& items) {
    return items.empty() ? "[::]" : fmt::format("[:: {}]", fmt::join(items, "; "));
}

CoqWeights coq_weights(const Configuration& configuration) {
    CoqWeights weights;
    for (const ClassWeight& weight : configuration.weights) {
        weights.unit = lcm(weights.unit, Integer(denominator(weight.squared)));
    }
    for (const ClassWeight& weight : configuration.weights) {
        weights.numerators.push_back(numerator(Rational(weight.squared * weights.unit)));
    }
    return weights;
}

std::string in_columns(const std::string& text) {
    constexpr std::size_t most = 100;
    std::string laid_out;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        std::string line = text.substr(start, end - start);
        start = end + 1;
        const std::string margin(line.find_first_not_of(' ') + 2, ' ');
        while (line.size() > most) {
            std::size_t space = line.rfind(' ', most);
            if (space == std::string::npos || space < margin.size()) {
                space = line.find(' ', most);
            }
            if (space == std::string::npos) {
                break;
            }
            laid_out += line.substr(0, space) + '\n';
            line = margin + line.substr(space + 1);
        }
        laid_out += line + '\n';
    }
    return laid_out;
}

std::string coq_problem(const Configuration& configuration, const std::string& purpose, long bits) {
    const CoqWeights weights = coq_weights(configuration);
    const bool weighted = !weights.numerators.empty();
    std::vector<std::string> counts, classes;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        counts.push_back(std::to_string(configuration.counts[k]));
        classes.push_back(weighted ? fmt::format("({}, {})", counts[k], weights.numerators[k].str())
                                   : counts[k]);
    }
    const WeightTexts texts = texts_of(weights);
    return fmt::format(
        R"((** {}

    Generated by ncverify {} for
    {}
    Check with: coqc -R proofs NeuralCollapse FILE *)

From NeuralCollapse Require Import Numbers.

Local Open Scope R_scope.

Definition counts : seq Z := {}%Z.
Definition lambda_W : R := {}.
Definition lambda_H : R := {}.
{}
Lemma counts_valid : valid counts. Proof. exact: isT. Qed.
{}Lemma lambda_W_pos : 0 < lambda_W. Proof. by unfold lambda_W; compare_rationals. Qed.
Lemma lambda_H_pos : 0 < lambda_H. Proof. by unfold lambda_H; compare_rationals. Qed.

Definition this : problem := {} lambda_W_pos lambda_H_pos.

(** The different {}, and how many classes have each. *)
Definition groups : seq ({}) := {}%Z.

(** K, N, and the threshold T {}rounded down. *)
Definition K : Z := {}.
Definition N : Z := {}.
Definition floor_T : Z := {}.

Lemma exact : {} lambda_W lambda_H K N floor_T groups.
Proof.
split; [by vm_compute | by vm_compute | by vm_compute |].
by unfold {}lambda_W, lambda_H, K, N, floor_T; compare_rationals.
Qed.

Ltac enclose := unfold {}lambda_W, lambda_H, groups, K, N, floor_T; {}; interval with (i_prec {}).
)",
        purpose, NCVERIFY_VERSION, configuration.command_line(), coq_list(counts),
        coq_fraction(configuration.lambda_w), coq_fraction(configuration.lambda_h), texts.data, texts.valid,
        texts.arguments, weighted ? "counts with their weights" : "counts", weighted ? "Z * Z * Z" : "Z * Z",
        coq_list(groups(classes)), weighted ? "times the weights' denominator, " : "",
        configuration.classes(), configuration.samples().str(),
        threshold_floor(configuration, weights.unit).str(), texts.facts, weighted ? "weight_unit, " : "",
        texts.unfolded, weighted ? "write_out_weighted" : "write_out", bits);
}

}  // namespace ncverify::proofs
