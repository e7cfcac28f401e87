#include "cli/bound_lines.hpp"

#include <fmt/format.h>

#include "cli/terminal.hpp"

namespace ncverify::cli {

std::string bound_lines(const std::optional<api::PrintedGapTerms>& terms,
                        const std::optional<api::PrintedBounds>& bounds) {
    std::string lines;
    const reports::Layout shown = layout();
    const auto add = [&](const char* name, const std::string& value, const std::string& words) {
        constexpr std::size_t start = 33;
        lines += fmt::format("  {:<16} {:<13} {}\n", name, value.empty() ? "no bound" : value,
                             reports::wrapped(words, start, shown, start));
    };
    if (terms) {
        lines += "the gap in five parts, each at most\n";
        add("logits", terms->logits, "loss above its tangent in the margins");
        add("classifier", terms->classifier, "W away from its combination of class means");
        add("orthogonality", terms->orthogonality, "class means sharing coordinates");
        add("within class", terms->within_class, "features away from their class mean");
        add("collapsed", terms->collapsed, "features of classes whose slope is below its limit");
    }
    if (bounds) {
        lines += "hence at every global minimiser, at most\n";
        add("margins", bounds->largest_margin_width, "width of the interval that holds a class's margin");
        add("logits", bounds->largest_logit_width, "width of the interval that holds a logit");
        add("norms", bounds->largest_feature_norm_squared_width,
            "width of the interval that holds ||h_k||^2");
        add("inner products", bounds->largest_feature_inner, "h_k . h_l of two classes");
        add("classifier", bounds->classifier_defect, "distance of W from its combination of class means");
        add("sum of w_k", bounds->classifier_sum, "its norm");
        add("within class", bounds->within_class_spread, "distance of a feature from its class mean");
        if (bounds->collapsed_classes != 0) {
            add("collapsed", bounds->largest_collapsed_feature_norm_squared,
                fmt::format("||h_k||^2 of classes not told from zero ({})", bounds->collapsed_classes));
        }
    }
    return lines;
}

}  // namespace ncverify::cli
