// Every number of the theorem, under every operation.
#include "properties/mutants/wrong_theorem.hpp"

namespace ncverify::properties {

namespace {

using theory::ClassForm;
using theory::ClassIngredients;
using theory::ClosedForm;
using theory::Ingredients;

using Values = std::vector<Enclosure*>;

// A change of one number, or of the numbers of all classes at once. The ingredients are the sound ones.
struct Operation {
    const char* name;
    bool needs_classes;  // means something for one number per class only
    void (*apply)(const Values&, const Configuration&, const Ingredients&);
};

// A number that one formula gives; nothing else follows from it.
struct FormTarget {
    const char* name;
    const char* equation;
    bool per_class;
    Values (*values)(ClosedForm&);
};

// A number that formulas are put together from; they follow.
struct IngredientTarget {
    const char* name;
    const char* equation;
    bool per_class;
    Values (*values)(Ingredients&);
};

template <Enclosure ClassForm::*Member>
Values of_classes(ClosedForm& form) {
    Values values;
    for (ClassForm& each : form.classes) {
        values.push_back(&(each.*Member));
    }
    return values;
}

template <std::vector<Enclosure> ClosedForm::*Member>
Values of_vector(ClosedForm& form) {
    Values values;
    for (Enclosure& value : form.*Member) {
        values.push_back(&value);
    }
    return values;
}

template <Enclosure ClassIngredients::*Member>
Values of_groups(Ingredients& ingredients) {
    Values values;
    for (ClassIngredients& group : ingredients.groups) {
        values.push_back(&(group.*Member));
    }
    return values;
}

const FormTarget form_targets[] = {
    {"minimum loss", "Theorem 1", false, [](ClosedForm& f) { return Values{&f.minimum_loss}; }},
    {"margin", "(13)", true, of_classes<&ClassForm::margin>},
    {"squared feature norm", "(9)", true, of_classes<&ClassForm::feature_norm_squared>},
    {"squared classifier norm", "Prop. 1", true, of_classes<&ClassForm::classifier_norm_squared>},
    {"own logit", "(11)", true, of_classes<&ClassForm::logit_own>},
    {"other logits", "(12)", true, of_classes<&ClassForm::logit_other>},
    {"prefactor of inner products", "Prop. 1", false, [](ClosedForm& f) { return Values{&f.prefactor}; }},
    {"sum in inner products", "Prop. 1", false, [](ClosedForm& f) { return Values{&f.weight_sum}; }},
    {"sqrt(n_k) M_k in inner products", "Prop. 1", true, of_vector<&ClosedForm::weights>},
    {"coefficients of the class means", "(10)", true, of_vector<&ClosedForm::relation>},
};

const IngredientTarget ingredient_targets[] = {
    {"M_k", "(6)", true, of_groups<&ClassIngredients::margin>},
    {"(K-1) e^-M_k in the loss", "Theorem 1", true, of_groups<&ClassIngredients::doubt>},
    {"factor of M_k in the feature norm", "(9)", true, of_groups<&ClassIngredients::feature_factor>},
    {"lambda_H n_k in the loss", "Theorem 1", true, of_groups<&ClassIngredients::decay>},
    {"sqrt(n_k) in the classifiers", "(10), Prop. 1", true, of_groups<&ClassIngredients::root_count>},
    {"(K-1)/K in the own logit", "(11)", false, [](Ingredients& i) { return Values{&i.own_share}; }},
    {"1/K in the other logits", "(12)", false, [](Ingredients& i) { return Values{&i.other_share}; }},
    {"factor of the classifiers", "(10), Prop. 1", false,
     [](Ingredients& i) { return Values{&i.classifier_factor}; }},
};

// Multiplies each value by a factor that depends on the class at most.
template <typename Factor>
void scale(const Values& values, Factor factor) {
    for (std::size_t k = 0; k < values.size(); ++k) {
        *values[k] *= factor(k);
    }
}

Enclosure decay_ratio(const Configuration& configuration) {
    return from_rational<Enclosure>(configuration.lambda_h / configuration.lambda_w);
}

const Operation operations[] = {
    {"K for K-1", false,
     [](const Values& v, const Configuration&, const Ingredients& i) {
         scale(v, [&](std::size_t) { return i.classes / (i.classes - Enclosure(1)); });
     }},
    {"K-1 for K", false,
     [](const Values& v, const Configuration&, const Ingredients& i) {
         scale(v, [&](std::size_t) { return (i.classes - Enclosure(1)) / i.classes; });
     }},
    {"a factor K dropped", false,
     [](const Values& v, const Configuration&, const Ingredients& i) {
         scale(v, [&](std::size_t) { return Enclosure(1) / i.classes; });
     }},
    {"a factor 2", false,
     [](const Values& v, const Configuration&, const Ingredients&) {
         scale(v, [](std::size_t) { return Enclosure(2); });
     }},
    {"sign flipped", false,
     [](const Values& v, const Configuration&, const Ingredients&) {
         scale(v, [](std::size_t) { return Enclosure(-1); });
     }},
    {"times lambda_H/lambda_W", false,
     [](const Values& v, const Configuration& c, const Ingredients&) {
         scale(v, [&](std::size_t) { return decay_ratio(c); });
     }},
    {"times sqrt(lambda_H/lambda_W)", false,
     [](const Values& v, const Configuration& c, const Ingredients&) {
         scale(v, [&](std::size_t) { return sqrt(decay_ratio(c)); });
     }},
    {"times sqrt(n_k)", true,
     [](const Values& v, const Configuration&, const Ingredients& i) {
         scale(v, [&](std::size_t k) { return i.groups[k].root_count; });
     }},
    {"over sqrt(n_k)", true,
     [](const Values& v, const Configuration&, const Ingredients& i) {
         scale(v, [&](std::size_t k) { return Enclosure(1) / i.groups[k].root_count; });
     }},
    {"one more root", false,
     [](const Values& v, const Configuration&, const Ingredients&) {
         for (Enclosure* value : v) {
             *value = certainly_negative(*value) ? -sqrt(-*value) : sqrt(*value);
         }
     }},
    {"squared", false,
     [](const Values& v, const Configuration&, const Ingredients&) {
         for (Enclosure* value : v) {
             *value *= Enclosure(*value);
         }
     }},
    {"plus one", false,
     [](const Values& v, const Configuration&, const Ingredients&) {
         for (Enclosure* value : v) {
             *value += Enclosure(1);
         }
     }},
    {"in double precision", false,
     [](const Values& v, const Configuration&, const Ingredients&) {
         for (Enclosure* value : v) {
             *value = Enclosure(arf_get_d(arb_midref(value->data()), ARF_RND_NEAR));
         }
     }},
    {"wrong in the nineteenth digit", false,
     [](const Values& v, const Configuration&, const Ingredients&) {
         scale(v, [](std::size_t) { return Enclosure(1) + Enclosure(0x1p-62); });
     }},
    {"class k+1 for class k", true,
     [](const Values& v, const Configuration&, const Ingredients&) {
         const Enclosure first = *v.front();
         for (std::size_t k = 0; k < v.size(); ++k) {
             *v[k] = k + 1 < v.size() ? *v[k + 1] : first;
         }
     }},
    {"the last class forgotten", true,
     [](const Values& v, const Configuration&, const Ingredients&) { *v.back() = Enclosure(0); }},
};

theory::ClosedForm spoil_form(const FormTarget& target, const Operation& operation,
                              const Configuration& configuration) {
    const Ingredients sound = theory::ingredients(configuration, theory::Grouping::none);
    ClosedForm form = theory::closed_form(sound);
    operation.apply(target.values(form), configuration, sound);
    return form;
}

theory::ClosedForm spoil_ingredient(const IngredientTarget& target, const Operation& operation,
                                    const Configuration& configuration) {
    const Ingredients sound = theory::ingredients(configuration, theory::Grouping::none);
    Ingredients spoilt = sound;
    operation.apply(target.values(spoilt), configuration, sound);
    if (target.values == &of_groups<&ClassIngredients::margin>) {  // the loss speaks of e^{-M_k}
        for (ClassIngredients& group : spoilt.groups) {
            set_margin(group, group.margin, spoilt.classes);
        }
    }
    return theory::closed_form(spoilt);
}

}  // namespace

std::vector<WrongTheorem> product_mutants() {
    std::vector<WrongTheorem> table;
    for (const Operation& operation : operations) {
        for (const FormTarget& target : form_targets) {
            if (target.per_class || !operation.needs_classes) {
                table.push_back({std::string(target.name) + ": " + operation.name, target.equation,
                                 [&target, &operation](const Configuration& configuration) {
                                     return spoil_form(target, operation, configuration);
                                 }});
            }
        }
        for (const IngredientTarget& target : ingredient_targets) {
            if (target.per_class || !operation.needs_classes) {
                table.push_back({std::string(target.name) + ", with all that follows: " + operation.name,
                                 target.equation, [&target, &operation](const Configuration& configuration) {
                                     return spoil_ingredient(target, operation, configuration);
                                 }});
            }
        }
    }
    return table;
}

}  // namespace ncverify::properties
