// Other constants c, other thresholds T, other margins M_k; everything that depends on them follows.
#include <algorithm>

#include "properties/mutants/wrong_theorem.hpp"

namespace ncverify::properties {

namespace {

using theory::ClassIngredients;
using theory::Ingredients;

struct Constant {
    const char* name;
    Rational (*c_squared)(const Configuration&);
};

struct Threshold {
    const char* name;
    Rational (*threshold)(const Configuration&);
};

// M_k from K, n_k and c; `root` is sqrt(n_k)/c.
struct Margin {
    const char* name;
    Enclosure (*margin)(const Enclosure& K, const Enclosure& count, const Enclosure& root,
                        const Enclosure& c);
};

Rational share(const Configuration& configuration) {
    return Rational(configuration.classes() - 1, configuration.classes());
}

Rational total(const Configuration& configuration) {
    return Rational(configuration.samples());
}

Rational product(const Configuration& configuration) {
    return configuration.lambda_w * configuration.lambda_h;
}

const Constant constants[] = {
    {"c = N sqrt((K-1)/K) lW lH",
     [](const Configuration& c) { return Rational(c.c_squared() * product(c)); }},
    {"c = N sqrt(K/(K-1) lW lH)",
     [](const Configuration& c) { return Rational(c.c_squared() / (share(c) * share(c))); }},
    {"c = N (K-1)/K sqrt(lW lH)", [](const Configuration& c) { return Rational(c.c_squared() * share(c)); }},
    {"c = N sqrt(lW lH)", [](const Configuration& c) { return Rational(c.c_squared() / share(c)); }},
    {"c = sqrt(N (K-1)/K lW lH)", [](const Configuration& c) { return Rational(c.c_squared() / total(c)); }},
    {"c = sqrt((K-1)/K lW lH)",
     [](const Configuration& c) { return Rational(c.c_squared() / (total(c) * total(c))); }},
    {"c = (N-1) sqrt((K-1)/K lW lH)",
     [](const Configuration& c) {
         const Rational other = (total(c) - 1) / total(c);
         return Rational(c.c_squared() * other * other);
     }},
    {"c = n_max sqrt((K-1)/K lW lH)",
     [](const Configuration& c) {
         const Rational other = *std::max_element(c.counts.begin(), c.counts.end()) / total(c);
         return Rational(c.c_squared() * other * other);
     }},
    {"c = K n_1 sqrt((K-1)/K lW lH)",
     [](const Configuration& c) {
         const Rational other = Rational(c.classes()) * c.counts.front() / total(c);
         return Rational(c.c_squared() * other * other);
     }},
    {"c = N sqrt((K-1)/K) lW",
     [](const Configuration& c) { return Rational(c.c_squared() * c.lambda_w / c.lambda_h); }},
    {"c = N sqrt((K-1)/K) lH",
     [](const Configuration& c) { return Rational(c.c_squared() * c.lambda_h / c.lambda_w); }},
    {"c = N sqrt((K-1)/K lW lH / 2)", [](const Configuration& c) { return Rational(c.c_squared() / 2); }},
    {"c = N sqrt((K-1)/K lW lH / 4)", [](const Configuration& c) { return Rational(c.c_squared() / 4); }},
    {"c = N^2 (K-1)/K lW lH", [](const Configuration& c) { return Rational(c.c_squared() * c.c_squared()); }},
    {"c = N sqrt((K-2)/K lW lH), K-1 at K = 2",
     [](const Configuration& c) {
         return Rational(c.c_squared() * std::max(1L, c.classes() - 2) / std::max(2L, c.classes() - 1));
     }},
    {"c = N sqrt(K/(K+1) lW lH)",
     [](const Configuration& c) {
         return Rational(c.c_squared() / share(c) * Rational(c.classes(), c.classes() + 1));
     }},
};

const Threshold thresholds[] = {
    {"T = N^2 (K-1)/K lW lH",
     [](const Configuration& c) { return Rational(theory::threshold(c) * share(c) * share(c)); }},
    {"T = N^2 lW lH", [](const Configuration& c) { return Rational(theory::threshold(c) * share(c)); }},
    {"T = N K/(K-1) lW lH", [](const Configuration& c) { return Rational(theory::threshold(c) / total(c)); }},
    {"T = N^2 K lW lH",
     [](const Configuration& c) { return Rational(theory::threshold(c) * (c.classes() - 1)); }},
    {"T = c^2", [](const Configuration& c) { return c.c_squared(); }},
    {"T = N^2 K/(K-1) lW^2",
     [](const Configuration& c) { return Rational(theory::threshold(c) * c.lambda_w / c.lambda_h); }},
    {"T = N^2 K/(K-1) lH^2",
     [](const Configuration& c) { return Rational(theory::threshold(c) * c.lambda_h / c.lambda_w); }},
    {"T = T^2", [](const Configuration& c) { return Rational(theory::threshold(c) * theory::threshold(c)); }},
    {"T + 1", [](const Configuration& c) { return Rational(theory::threshold(c) + 1); }},
    {"T in double precision",
     [](const Configuration& c) { return Rational(from_rational<double>(theory::threshold(c))); }},
};

const Margin margins[] = {
    {"log(K (sqrt(n_k)/c - 1))", [](const Enclosure& K, const Enclosure&, const Enclosure& root,
                                    const Enclosure&) { return log(K * (root - Enclosure(1))); }},
    {"log((K-1) sqrt(n_k)/c - 1)",
     [](const Enclosure& K, const Enclosure&, const Enclosure& root, const Enclosure&) {
         return log((K - Enclosure(1)) * root - Enclosure(1));
     }},
    {"log((K-1) (sqrt(n_k)/c + 1))",
     [](const Enclosure& K, const Enclosure&, const Enclosure& root, const Enclosure&) {
         return log((K - Enclosure(1)) * (root + Enclosure(1)));
     }},
    {"log(sqrt(n_k)/c - 1)", [](const Enclosure&, const Enclosure&, const Enclosure& root,
                                const Enclosure&) { return log(root - Enclosure(1)); }},
    {"log((K-1) sqrt(n_k)/c)", [](const Enclosure& K, const Enclosure&, const Enclosure& root,
                                  const Enclosure&) { return log((K - Enclosure(1)) * root); }},
    {"log(1 + (K-1) (sqrt(n_k)/c - 1))",
     [](const Enclosure& K, const Enclosure&, const Enclosure& root, const Enclosure&) {
         return log1p((K - Enclosure(1)) * (root - Enclosure(1)));
     }},
    {"(K-1) log(sqrt(n_k)/c - 1)",
     [](const Enclosure& K, const Enclosure&, const Enclosure& root, const Enclosure&) {
         return (K - Enclosure(1)) * log(root - Enclosure(1));
     }},
    {"log((K-1) (n_k/c - 1))",
     [](const Enclosure& K, const Enclosure& count, const Enclosure&, const Enclosure& c) {
         return log((K - Enclosure(1)) * (count / c - Enclosure(1)));
     }},
    {"log((K-1) (sqrt(n_k/c) - 1))",
     [](const Enclosure& K, const Enclosure& count, const Enclosure&, const Enclosure& c) {
         return log((K - Enclosure(1)) * (sqrt(count / c) - Enclosure(1)));
     }},
    {"log((K-1) sqrt(n_k/c^2 - 1))",
     [](const Enclosure& K, const Enclosure&, const Enclosure& root, const Enclosure&) {
         return log((K - Enclosure(1)) * sqrt(root * root - Enclosure(1)));
     }},
    {"log((K-1) (c/sqrt(n_k) - 1))",
     [](const Enclosure& K, const Enclosure&, const Enclosure& root, const Enclosure&) {
         return log((K - Enclosure(1)) * (Enclosure(1) / root - Enclosure(1)));
     }},
    {"log2((K-1) (sqrt(n_k)/c - 1))",
     [](const Enclosure& K, const Enclosure&, const Enclosure& root, const Enclosure&) {
         return log((K - Enclosure(1)) * (root - Enclosure(1))) / log(Enclosure(2));
     }},
};

// max(0, x), and 0 where the logarithm is undefined.
Enclosure positive_part(const Enclosure& value) {
    return is_finite(value) && certainly_positive(value) ? value : Enclosure(0);
}

theory::ClosedForm with_constant(const Configuration& configuration, const Rational& c_squared) {
    Ingredients changed = theory::ingredients(configuration, theory::Grouping::none);
    changed.threshold = c_squared / (share(configuration) * share(configuration));
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const Rational count(configuration.counts[k]);
        changed.groups[k].collapsed = count <= changed.threshold;
        const Enclosure odds = (changed.classes - Enclosure(1)) *
                               (sqrt(from_rational<Enclosure>(count / c_squared)) - Enclosure(1));
        set_margin(changed.groups[k], positive_part(log(odds)), changed.classes);
    }
    return theory::closed_form(changed);
}

// Classes that the threshold spares keep the margin that max(0, .) gives them.
theory::ClosedForm with_threshold(const Configuration& configuration, const Rational& threshold) {
    Ingredients changed = theory::ingredients(configuration, theory::Grouping::none);
    changed.threshold = threshold;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        changed.groups[k].collapsed = Rational(configuration.counts[k]) <= threshold;
    }
    return theory::closed_form(changed);
}

theory::ClosedForm with_margin(const Configuration& configuration, const Margin& other) {
    Ingredients changed = theory::ingredients(configuration, theory::Grouping::none);
    const Enclosure c = sqrt(from_rational<Enclosure>(configuration.c_squared()));
    for (ClassIngredients& group : changed.groups) {
        const Enclosure margin =
            positive_part(other.margin(changed.classes, group.count, group.root_count / c, c));
        group.collapsed = !certainly_positive(margin);
        set_margin(group, margin, changed.classes);
    }
    return theory::closed_form(changed);
}

}  // namespace

std::vector<WrongTheorem> constant_mutants() {
    std::vector<WrongTheorem> table;
    for (const Constant& constant : constants) {
        table.push_back({constant.name, "after (6)", [&constant](const Configuration& configuration) {
                             return with_constant(configuration, constant.c_squared(configuration));
                         }});
    }
    for (const Threshold& threshold : thresholds) {
        table.push_back({threshold.name, "Cor. 4", [&threshold](const Configuration& configuration) {
                             return with_threshold(configuration, threshold.threshold(configuration));
                         }});
    }
    for (const Margin& margin : margins) {
        table.push_back(
            {std::string("M_k = max(0, ") + margin.name + ")", "(6)",
             [&margin](const Configuration& configuration) { return with_margin(configuration, margin); }});
    }
    return table;
}

}  // namespace ncverify::properties
