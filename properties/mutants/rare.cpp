// Slightly wrong, and only on a small part of the domain: what a check sees only where the cases go there.
#include <algorithm>

#include "properties/input_classes.hpp"
#include "properties/mutants/wrong_theorem.hpp"

namespace ncverify::properties {

namespace {

using theory::ClassIngredients;
using theory::Ingredients;

// The change: far below what a plot or a test in single precision shows.
Enclosure slightly_off() {
    return Enclosure(1) + Enclosure(0x1p-40);
}

// A part of the domain that is a property of one class.
struct ClassCorner {
    const char* name;
    bool (*contains)(const Configuration&, const ClassIngredients&, std::size_t k);
};

const ClassCorner corners[] = {
    {"n_k = 1",
     [](const Configuration& c, const ClassIngredients&, std::size_t k) { return c.counts[k] == 1; }},
    {"n_k > 10^7",
     [](const Configuration& c, const ClassIngredients&, std::size_t k) { return c.counts[k] > 10'000'000; }},
    {"M_k > 20", [](const Configuration&, const ClassIngredients& g,
                    std::size_t) { return certainly_less(Enclosure(20), g.margin); }},
    {"M_k < 1/100", [](const Configuration&, const ClassIngredients& g,
                       std::size_t) { return certainly_less(g.margin, Enclosure(0.01)); }},
    {"another class of equal count",
     [](const Configuration& c, const ClassIngredients&, std::size_t k) {
         return std::count(c.counts.begin(), c.counts.end(), c.counts[k]) > 1;
     }},
    {"n_k even",
     [](const Configuration& c, const ClassIngredients&, std::size_t k) { return c.counts[k] % 2 == 0; }},
    {"K >= 12",
     [](const Configuration& c, const ClassIngredients&, std::size_t) { return c.classes() >= 12; }},
    {"K = 16",
     [](const Configuration& c, const ClassIngredients&, std::size_t) { return c.classes() == 16; }},
    {"lambda_W > 10^6 lambda_H", [](const Configuration& c, const ClassIngredients&,
                                    std::size_t) { return c.lambda_w > 1'000'000 * c.lambda_h; }},
    {"lambda_H > 10^6 lambda_W", [](const Configuration& c, const ClassIngredients&,
                                    std::size_t) { return c.lambda_h > 1'000'000 * c.lambda_w; }},
    {"the only class above its threshold",
     [](const Configuration& c, const ClassIngredients&, std::size_t) {
         const Rational T = theory::threshold(c);
         return std::count_if(c.counts.begin(), c.counts.end(), [&](long long n) { return n > T; }) == 1;
     }},
};

const std::vector<InputClass>& regions() {
    static const std::vector<InputClass> all{
        two_classes(),    single_samples(), balanced(),     two_groups(),     all_distinct(),
        none_collapsed(), some_collapsed(), at_threshold(), near_threshold(), spare_coordinates()};
    return all;
}

theory::ClosedForm margins_off(const Configuration& configuration,
                               const std::function<bool(const ClassIngredients&, std::size_t)>& where) {
    Ingredients changed = theory::ingredients(configuration, theory::Grouping::none);
    for (std::size_t k = 0; k < changed.groups.size(); ++k) {
        if (where(changed.groups[k], k)) {
            set_margin(changed.groups[k], changed.groups[k].margin * slightly_off(), changed.classes);
        }
    }
    return theory::closed_form(changed);
}

}  // namespace

std::vector<WrongTheorem> rare_mutants() {
    std::vector<WrongTheorem> table;
    for (const ClassCorner& corner : corners) {
        table.push_back({std::string("M_k off by 10^-12 where ") + corner.name, "(6)",
                         [&corner](const Configuration& configuration) {
                             return margins_off(configuration,
                                                [&](const ClassIngredients& group, std::size_t k) {
                                                    return corner.contains(configuration, group, k);
                                                });
                         }});
    }
    for (const InputClass& region : regions()) {
        table.push_back({"M_k off by 10^-12, only in: " + region.name, "(6)",
                         [&region](const Configuration& configuration) {
                             const bool inside = region.contains(configuration);
                             return margins_off(configuration,
                                                [&](const ClassIngredients&, std::size_t) { return inside; });
                         }});
    }
    // No margin is left to be wrong there.
    table.push_back({"minimum off by 10^-12, only in: " + all_collapsed().name, "Theorem 1",
                     [](const Configuration& configuration) {
                         theory::ClosedForm form = theory::closed_form(configuration);
                         if (all_collapsed().contains(configuration)) {
                             form.minimum_loss *= slightly_off();
                         }
                         return form;
                     }});
    return table;
}

}  // namespace ncverify::properties
