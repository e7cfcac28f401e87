// Slips particular to one formula.
#include "properties/mutants/wrong_theorem.hpp"

namespace ncverify::properties {

namespace {

using theory::ClassIngredients;
using theory::ClosedForm;
using theory::Ingredients;

// The sound ingredients, class by class, and what follows from them.
struct Sound {
    Configuration configuration;
    Ingredients ingredients;
    ClosedForm form;
};

Sound sound(const Configuration& configuration) {
    Sound result{configuration, theory::ingredients(configuration, theory::Grouping::none), {}};
    result.form = theory::closed_form(result.ingredients);
    return result;
}

struct Slip {
    const char* name;
    const char* equation;
    void (*spoil)(Sound&);  // changes the form
};

// What the ridge terms contribute to the minimum: sum_k lH n_k ||h_k||^2, half of it from W (Lemma 1).
Enclosure ridge(const Sound& theorem) {
    Enclosure sum(0);
    for (std::size_t k = 0; k < theorem.form.classes.size(); ++k) {
        sum += theorem.ingredients.groups[k].decay * theorem.form.classes[k].feature_norm_squared;
    }
    return sum;
}

template <typename Change>
void each_class(Sound& theorem, Change change) {
    for (std::size_t k = 0; k < theorem.form.classes.size(); ++k) {
        change(theorem.form.classes[k], theorem.form.weights[k], k);
    }
}

const Slip slips[] = {
    {"the loss without its ridge terms", "Theorem 1", [](Sound& t) { t.form.minimum_loss -= ridge(t); }},
    {"the loss with the ridge of W only", "Theorem 1",
     [](Sound& t) { t.form.minimum_loss -= ridge(t) / Enclosure(2); }},
    {"the loss with ridge terms lW ||W||^2 + lH ||H||^2", "Theorem 1",
     [](Sound& t) { t.form.minimum_loss += ridge(t); }},
    {"the loss with log(K-1) for collapsed classes", "Theorem 1",
     [](Sound& t) {
         const Enclosure less = log(t.ingredients.classes) - log(t.ingredients.classes - Enclosure(1));
         for (const ClassIngredients& group : t.ingredients.groups) {
             if (group.collapsed) {
                 t.form.minimum_loss -= group.count / t.ingredients.samples * less;
             }
         }
     }},
    {"the loss without collapsed classes", "Theorem 1",
     [](Sound& t) {
         for (const ClassIngredients& group : t.ingredients.groups) {
             if (group.collapsed) {
                 t.form.minimum_loss -= group.count / t.ingredients.samples * log(t.ingredients.classes);
             }
         }
     }},
    {"the loss as a sum over samples", "Theorem 1",
     [](Sound& t) { t.form.minimum_loss *= t.ingredients.samples; }},
    {"||w_k||^2 with the sum over all m", "Prop. 1",
     [](Sound& t) {
         each_class(t, [&](auto& form, const Enclosure& a, std::size_t) {
             form.classifier_norm_squared += t.form.prefactor * a;
         });
     }},
    {"||w_k||^2 with K-1 for (K-1)^2", "Prop. 1",
     [](Sound& t) {
         const Enclosure K = t.ingredients.classes;
         each_class(t, [&](auto& form, const Enclosure& a, std::size_t) {
             form.classifier_norm_squared = t.form.prefactor * ((K - Enclosure(2)) * a + t.form.weight_sum);
         });
     }},
    {"||w_k||^2 with K^2 for (K-1)^2", "Prop. 1",
     [](Sound& t) {
         const Enclosure K = t.ingredients.classes;
         each_class(t, [&](auto& form, const Enclosure& a, std::size_t) {
             form.classifier_norm_squared =
                 t.form.prefactor * ((K * K - Enclosure(1)) * a + t.form.weight_sum);
         });
     }},
    {"||w_k||^2 with the sum subtracted", "Prop. 1",
     [](Sound& t) {
         const Enclosure K = t.ingredients.classes;
         each_class(t, [&](auto& form, const Enclosure& a, std::size_t) {
             form.classifier_norm_squared =
                 t.form.prefactor * ((K * K - K - K + Enclosure(2)) * a - t.form.weight_sum);
         });
     }},
    {"||w_k||^2 without the sum", "Prop. 1",
     [](Sound& t) {
         const Enclosure K = t.ingredients.classes;
         each_class(t, [&](auto& form, const Enclosure& a, std::size_t) {
             form.classifier_norm_squared = t.form.prefactor * (K - Enclosure(1)) * (K - Enclosure(1)) * a;
         });
     }},
    {"||w_k||^2 with M_m for sqrt(n_m) M_m", "Prop. 1",
     [](Sound& t) {
         Enclosure sum(0);
         each_class(t, [&](auto& form, const Enclosure&, std::size_t) { sum += form.margin; });
         const Enclosure K = t.ingredients.classes;
         each_class(t, [&](auto& form, const Enclosure&, std::size_t) {
             form.classifier_norm_squared = t.form.prefactor * (K * (K - Enclosure(2)) * form.margin + sum);
         });
     }},
    {"w_k . w_j with the sum over all m", "Prop. 1",
     [](Sound& t) {
         const Enclosure K = t.ingredients.classes;
         each_class(t, [&](auto&, Enclosure& a, std::size_t) { a *= (K - Enclosure(1)) / K; });
     }},
    {"w_k . w_j with -K a_k - K a_j + sum over m != k, j", "Prop. 1",
     [](Sound& t) {
         const Enclosure K = t.ingredients.classes;
         each_class(t, [&](auto&, Enclosure& a, std::size_t) { a *= (K + Enclosure(1)) / K; });
     }},
    {"w_k . w_j with +(K-1) a_k + (K-1) a_j", "Prop. 1",
     [](Sound& t) {
         const Enclosure K = t.ingredients.classes;
         each_class(t, [&](auto&, Enclosure& a, std::size_t) { a *= (Enclosure(2) - K) / K; });
     }},
    {"orthogonal classifiers", "Prop. 1",
     [](Sound& t) {
         t.form.weight_sum = Enclosure(0);
         each_class(t, [&](auto&, Enclosure& a, std::size_t) { a = Enclosure(0); });
     }},
    {"all logits of a sample (K-1)/K M_k", "(12)",
     [](Sound& t) {
         each_class(t, [&](auto& form, const Enclosure&, std::size_t) { form.logit_other = form.logit_own; });
     }},
    {"other logits zero", "(12)",
     [](Sound& t) {
         each_class(t, [&](auto& form, const Enclosure&, std::size_t) { form.logit_other = Enclosure(0); });
     }},
    {"own logit M_k", "(11)",
     [](Sound& t) {
         each_class(t, [&](auto& form, const Enclosure&, std::size_t) { form.logit_own = form.margin; });
     }},
    {"margin (K-1)/K M_k", "(13)",
     [](Sound& t) {
         each_class(t, [&](auto& form, const Enclosure&, std::size_t) { form.margin = form.logit_own; });
     }},
    {"||h_k|| where (9) says ||h_k||^2", "(9)",
     [](Sound& t) {
         each_class(t, [&](auto& form, const Enclosure&, std::size_t) {
             form.feature_norm_squared = sqrt(form.feature_norm_squared);
         });
     }},
    {"M_k inside the root", "(9)",
     [](Sound& t) {
         each_class(t, [&](auto& form, const Enclosure&, std::size_t k) {
             form.feature_norm_squared = t.ingredients.groups[k].feature_factor * sqrt(form.margin);
         });
     }},
    {"1/n_k outside the root", "(9)",
     [](Sound& t) {
         each_class(t, [&](auto& form, const Enclosure&, std::size_t k) {
             form.feature_norm_squared /= t.ingredients.groups[k].root_count;
         });
     }},
    {"the mean of M for M_k", "(9)",
     [](Sound& t) {
         Enclosure sum(0);
         each_class(t, [&](auto& form, const Enclosure&, std::size_t) { sum += form.margin; });
         each_class(t, [&](auto& form, const Enclosure&, std::size_t k) {
             form.feature_norm_squared = t.ingredients.groups[k].feature_factor * sum / t.ingredients.classes;
         });
     }},
    {"no coefficient sqrt(n_m)", "(10)",
     [](Sound& t) {
         for (Enclosure& coefficient : t.form.relation) {
             coefficient = t.ingredients.classifier_factor;
         }
     }},
    {"n_k < T collapses, n_k = T does not", "Cor. 4",
     [](Sound& t) {
         each_class(t, [&](auto& form, const Enclosure&, std::size_t k) {
             form.collapsed = Rational(t.configuration.counts[k]) < t.form.threshold;
         });
     }},
    {"the collapse turned round", "Cor. 4",
     [](Sound& t) {
         each_class(t, [&](auto& form, const Enclosure&, std::size_t) { form.collapsed = !form.collapsed; });
     }},
    {"nothing collapses", "Cor. 4",
     [](Sound& t) {
         each_class(t, [&](auto& form, const Enclosure&, std::size_t) { form.collapsed = false; });
     }},
};

}  // namespace

std::vector<WrongTheorem> formula_mutants() {
    std::vector<WrongTheorem> table;
    for (const Slip& slip : slips) {
        table.push_back({slip.name, slip.equation, [&slip](const Configuration& configuration) {
                             Sound theorem = sound(configuration);
                             slip.spoil(theorem);
                             return theorem.form;
                         }});
    }
    return table;
}

}  // namespace ncverify::properties
