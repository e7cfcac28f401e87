#include "cli/measure_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iostream>

#include "cli/terminal.hpp"
#include "measure/angles.hpp"
#include "measure/diagnosis.hpp"
#include "measure/number_text.hpp"
#include "problem/errors.hpp"
#include "reports/terminal_table.hpp"

namespace ncverify::cli {

namespace {

constexpr std::size_t classes_shown = 40;

std::string measured_text(double value) {
    return fmt::format("{:.{}g}", value, measure_table_digits);
}
std::string measured_text(const std::optional<double>& value) {
    return value ? measured_text(*value) : "undefined";
}

// The theorem's decimals as the measured ones are written, where a double can hold them.
std::string predicted_text(const std::string& decimal) {
    const double value = std::strtod(decimal.c_str(), nullptr);
    return std::isnormal(value) ? measured_text(value) : decimal;
}

void print_inputs(const measure::Measurement& measured) {
    for (const auto& [title, array] :
         {std::pair("features", &measured.features), std::pair("labels", &measured.labels),
          std::pair("classifier", &measured.classifier),
          std::pair("bias", measured.bias_array ? &*measured.bias_array : nullptr)}) {
        if (array == nullptr) {
            continue;
        }
        std::cout << fmt::format("{:<12} {}{}{}  {}, {}\n", title, printable(array->file),
                                 array->key.empty() ? "" : ":", printable(array->key),
                                 files::shape_text(array->header.shape), array->header.type.name());
    }
}

void print_findings(const measure::Measurement& measured, const reports::Layout& shown) {
    for (const measure::Finding& one : measure::diagnosis(measured)) {
        std::cout << "\n" << reports::wrapped(one.headline, 0, shown) << "\n";
        if (!one.explanation.empty()) {
            std::cout << reports::wrapped(one.explanation, 0, shown) << "\n";
        }
        if (!one.advice.empty()) {
            std::cout << reports::wrapped("What to do: " + one.advice, 0, shown) << "\n";
        }
    }
}

std::string accuracy_text(const measure::Measurement& measured) {
    const auto share = [&](long long right) {
        return measure::share_text(static_cast<double>(right),
                                   static_cast<double>(measured.samples() - right));
    };
    const std::string first = share(measured.first());
    return measured.first() == measured.correct()
               ? first
               : first + ", by the first of equal logits; strictly " + share(measured.correct());
}

void print_metrics(const measure::Measurement& measured) {
    std::cout << fmt::format("\naccuracy     {}\n\n", accuracy_text(measured))
              << fmt::format("NC1 (19)     {:<12} within-class spread; rank of S_B {} of at most {}\n",
                             measured_text(measured.nc1), measured.between.rank(),
                             std::min<long long>(measured.configuration.classes() - 1,
                                                 measured.configuration.dimension))
              << fmt::format("NC2 (20)     {:<12} classifier beside the features' combination\n",
                             measured_text(measured.nc2));
    if (measured.has_decays) {
        std::cout << fmt::format("NC3 (21)     {:<12} logits beside the theorem's\n",
                                 measured_text(measured.nc3));
    }
}

// The metrics that most people compute, and what they are at the optimum, which for classes of different
// sizes is not zero.
void print_usual(const measure::Measurement& measured) {
    constexpr std::array<const char*, measure::named_metrics.size()> meanings = {
        "trace(S_W S_B^+), about m",
        "std/mean of ||h_k - m||",
        "std/mean of ||w_k||",
        "|cos(h_k - m, h_l - m) + 1/(K-1)|",
        "|cos(w_k, w_l) + 1/(K-1)|",
        "W beside the centred means, squared",
        "largest logit not of the nearest mean",
        "class-distance normalised variance",
        "centred means' Gram beside a simplex's",
        "W's Gram matrix beside a simplex's"};
    std::cout << (measured.targets ? "\nusual metrics  here         optimum\n" : "\nusual metrics  here\n");
    for (std::size_t i = 0; i < meanings.size(); ++i) {
        const auto& [name, value] = measure::named_metrics[i];
        std::cout << fmt::format("{:<14} {:<12} ", name, measured_text(measured.usual.class_means.*value));
        if (measured.targets) {
            std::cout << fmt::format("{:<12} ", measured_text(measured.targets->class_means.*value));
        }
        std::cout << meanings[i] << "\n";
    }
}

void print_decays(const measure::Measurement& measured) {
    const auto line = [](const char* name, const std::string& given, bool implied, const std::string& here) {
        std::cout << fmt::format("{:<12} {:<12} {}\n", name,
                                 given.empty() ? "not known" : given + (implied ? " *" : ""), here);
    };
    if (!measured.implied) {
        return;
    }
    const measure::ImpliedDecays& implied = *measured.implied;
    std::cout << "\ndecays       given        implied: those at which this point would be stationary\n";
    line("lambda_W", measured.configuration.lambda_w_text, measured.lambda_w_implied,
         measured_text(implied.lambda_w));
    line("lambda_H", measured.configuration.lambda_h_text, measured.lambda_h_implied,
         measured_text(implied.lambda_h) + ", were features free");
    std::cout << fmt::format("{:<25} {:.2g} of dL/dW is left with it: {}\n", "", implied.residual,
                             implied.reliable ? "reliable" : "not reliable")
              << (measured.lambda_w_implied || measured.lambda_h_implied ? "* taken from the network\n" : "");
}

void print_gap(const measure::Gap& gap) {
    const Enclosure total = gap.terms.sum();
    std::cout << fmt::format("\nloss         {}\nlower bound  {}\ngap          {:<14} of which\n",
                             gap.loss.text(10), gap.lower_bound.text(10), total.text(measure_table_digits));
    const auto terms = {
        std::pair("logits", &gap.terms.logits), std::pair("classifier", &gap.terms.classifier),
        std::pair("orthogonality", &gap.terms.orthogonality),
        std::pair("within classes", &gap.terms.within_class), std::pair("collapsed", &gap.terms.collapsed)};
    for (const auto& [title, term] : terms) {
        Enclosure rest(0);
        for (const auto& [other_title, other] : terms) {
            rest += other == term ? Enclosure(0) : *other;
        }
        std::cout << fmt::format("  {:<15} {:<14} {}\n", title, term->text(measure_table_digits),
                                 measure::share_text(*term, rest));
    }
}

// Two lines a class: what was measured, and beneath it in parentheses what the theorem says.
void print_classes(const measure::Measurement& measured, const std::optional<theory::PrintedForm>& form,
                   const reports::Layout& shown) {
    constexpr reports::Tone plain = reports::Tone::plain;
    std::vector<std::vector<reports::Cell>> rows(1);
    for (const char* name :
         {"class", "samples", "||h_k||^2", "||w_k||^2", "own logit", "other logits", "variance"}) {
        rows[0].push_back({name, reports::Tone::heading, rows[0].size() < 2});
    }
    const std::size_t listed = std::min(measured.classes.size(), classes_shown);
    for (std::size_t k = 0; k < listed; ++k) {
        const auto place = static_cast<Eigen::Index>(k);
        const auto of_means = [&](double value) {
            return reports::Cell{measured.counts[k] > 0 ? measured_text(value) : "-"};
        };
        rows.push_back(
            {{std::to_string(k), plain, true},
             {std::to_string(measured.counts[k]), plain, true},
             of_means(measured.feature_gram(place, place)),
             {measured_text(measured.classifier_gram(place, place))},
             of_means(measured.logits(place, place)),
             of_means(measured.other_logits(place)),
             of_means(measure::per_sample(measured.classes[k].spread, measured.counts[k]).value_or(0))});
        if (form) {
            const theory::PrintedClass& predicted = form->groups[form->group[k]];
            const auto theorem = [](const std::string& decimal) {
                return reports::Cell{"(" + predicted_text(decimal) + ")"};
            };
            rows.push_back({{""},
                            {""},
                            theorem(predicted.feature_norm_squared),
                            theorem(predicted.classifier_norm_squared),
                            theorem(predicted.logit_own),
                            theorem(predicted.logit_other),
                            {predicted.collapsed ? "(0, collapses)" : "(0)"}});
        }
    }
    std::cout << (form ? "\nby class, measured and (theorem)\n" : "\nby class\n")
              << reports::aligned(rows, rows[0].size(), shown);
    if (listed < measured.classes.size()) {
        std::cout << fmt::format("{} more classes: --format json has them\n",
                                 measured.classes.size() - listed);
    }
}

std::string predicted_angles_text(const Configuration& configuration) {
    const auto range = measure::predicted_angles(configuration);
    return range ? measured_text(range->first) + " to " + measured_text(range->second) + " degrees"
                 : "undefined";
}

void print_angles(const measure::Measurement& measured, const std::optional<theory::PrintedForm>& form) {
    const auto line = [](const std::string& title, const std::optional<measure::Angles>& range,
                         const std::string& theorem) {
        std::cout << title
                  << (range ? fmt::format("{} to {}, on average {} degrees", measured_text(range->smallest),
                                          measured_text(range->largest), measured_text(range->mean))
                            : std::string("undefined"))
                  << "\n"
                  << (theorem.empty() ? "" : "  (" + theorem + ")\n");
    };
    line("\nangles between class means   ", measured.feature_angles,
         form ? "90 degrees, where not zero" : "");
    line("angles between classifiers   ", measured.classifier_angles,
         form ? predicted_angles_text(measured.configuration) : "");
}

}  // namespace

void print_measurement(const measure::Measurement& measured, const std::optional<theory::PrintedForm>& form,
                       const std::vector<std::string>& notes) {
    const reports::Layout shown = layout();
    print_inputs(measured);
    print_findings(measured, shown);
    print_metrics(measured);
    print_usual(measured);
    print_decays(measured);
    if (measured.gap) {
        print_gap(*measured.gap);
    }
    print_classes(measured, form, shown);
    print_angles(measured, form);
    for (const std::string& note : notes) {
        std::cout << reports::wrapped("note: " + note, 4, shown) << "\n";
    }
}

}  // namespace ncverify::cli
