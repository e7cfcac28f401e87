#include "properties/case.hpp"
#include "properties/mutants/wrong_theorem.hpp"

namespace ncverify::properties {

namespace {

const Case& ours(const trial::Case& subject) {
    return dynamic_cast<const Case&>(subject);
}

bool overlap_everywhere(const theory::ClassForm& a, const theory::ClassForm& b) {
    return overlap(a.margin, b.margin) && overlap(a.feature_norm_squared, b.feature_norm_squared) &&
           overlap(a.classifier_norm_squared, b.classifier_norm_squared) &&
           overlap(a.logit_own, b.logit_own) && overlap(a.logit_other, b.logit_other);
}

trial::Mutant as_mutant(const WrongTheorem& wrong) {
    return {.name = wrong.name,
            .equation = wrong.equation,
            .equivalent = wrong.equivalent,
            .differs =
                [theorem = wrong.theorem](const trial::Case& sound) {
                    const Case& subject = ours(sound);
                    return certainly_differ(subject.configuration(), subject.closed_form(),
                                            theorem(subject.configuration()));
                },
            .spoilt =
                [theorem = wrong.theorem](const trial::Case& sound) {
                    const Case& subject = ours(sound);
                    Testimony altered = subject.testimony();
                    altered.theorem = theorem;
                    altered.closed_form = theorem(subject.configuration());
                    return std::make_unique<Case>(subject, std::move(altered));
                },
            .parts = part_theorem};
}

}  // namespace

bool certainly_differ(const Configuration& configuration, const theory::ClosedForm& a,
                      const theory::ClosedForm& b) {
    if (!overlap(a.minimum_loss, b.minimum_loss) || !overlap(a.prefactor, b.prefactor) ||
        !overlap(a.weight_sum, b.weight_sum)) {
        return true;
    }
    for (std::size_t k = 0; k < a.classes.size(); ++k) {
        const auto below = [&](const theory::ClosedForm& form) {
            return theory::weighted_count(configuration, k) <= form.threshold;
        };
        if (a.classes[k].collapsed != b.classes[k].collapsed || below(a) != below(b) ||
            !overlap_everywhere(a.classes[k], b.classes[k]) || !overlap(a.weights[k], b.weights[k]) ||
            !overlap(a.relation[k], b.relation[k])) {
            return true;
        }
    }
    return false;
}

std::vector<Configuration> mutation_configurations() {
    // Inputs, the first that come to hand for each situation: nothing is compared with these decays.
    return {
        make_configuration({3, 4, 9, 9, 20}, "1/10", "15e-3"),       // some above, some below T
        make_configuration({2, 7, 11}, "1e-3", "3e-3", 5),           // none collapsed, d > K
        make_configuration({1, 4}, "1/10", "1/5"),                   // K = 2, at the threshold: T = 1
        make_configuration({6, 6, 6, 6}, "1e-3", "1e-4"),            // balanced
        make_configuration({1, 2, 2}, "1", "1/10"),                  // all collapsed
        make_configuration({40, 1, 40, 1, 40, 1}, "1e-2", "11e-3"),  // two groups, collapse of the minority
        with_weights(
            make_configuration({3, 4, 9, 2}, "1/50", "1/50"),  // weights, and a class at its threshold
            std::vector<std::string>{"2", "1/2", "sqrt1/3", "sqrt54/625"}),
    };
}

std::vector<trial::Mutant> as_mutants(const std::vector<WrongTheorem>& theorems) {
    std::vector<trial::Mutant> mutants;
    for (const WrongTheorem& wrong : theorems) {
        mutants.push_back(as_mutant(wrong));
    }
    return mutants;
}

const std::vector<trial::Mutant>& mutants() {
    static const std::vector<trial::Mutant> all = [] {
        std::vector<trial::Mutant> table;
        for (auto part : {product_mutants, constant_mutants, formula_mutants, rare_mutants, weight_mutants,
                          equivalent_mutants}) {
            for (trial::Mutant& mutant : as_mutants(part())) {
                table.push_back(std::move(mutant));
            }
        }
        for (auto part : {point_worlds, step_worlds, still_worlds, few_worlds}) {
            for (trial::Mutant& mutant : part()) {
                table.push_back(std::move(mutant));
            }
        }
        return table;
    }();
    return all;
}

}  // namespace ncverify::properties
