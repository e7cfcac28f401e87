#include "measure/diagnosis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "measure/number_text.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::measure {

namespace {

constexpr std::size_t classes_listed = 8;
// What a loss in float32, in which networks are trained, does not show: relative gaps below it are said in
// digits.
constexpr double agrees = 0x1p-24;
constexpr double epsilon = std::numeric_limits<double>::epsilon();

double value_of(const Enclosure& value) {
    return arf_get_d(arb_midref(value.data()), ARF_RND_NEAR);
}

std::string class_list(const Measurement& measured, const std::vector<Eigen::Index>& classes) {
    std::string text;
    for (std::size_t i = 0; i < std::min(classes.size(), classes_listed); ++i) {
        const bool last = i + 1 == classes.size();
        text += fmt::format("{}{} ({} samples)",
                            i == 0 ? ""
                            : last ? " and "
                                   : ", ",
                            classes[i], measured.counts[static_cast<std::size_t>(classes[i])]);
    }
    return classes.size() > classes_listed
               ? text + fmt::format(" and {} more", classes.size() - classes_listed)
               : text;
}

// What no point goes below, by the name that it deserves.
std::string least(const Measurement& measured) {
    return theory::attained(measured.configuration) ? "the least possible" : "the lower bound";
}

std::string how_far(const Measurement& measured, const Gap& gap) {
    const Enclosure total = gap.terms.sum();
    const double relative = value_of(total / gap.lower_bound);
    if (!std::isfinite(relative)) {
        return fmt::format("the loss stands {} nats above {}", total.text(4), least(measured));
    }
    if (relative < agrees) {
        return fmt::format("the loss agrees with {} to {:.0f} digits", least(measured),
                           std::floor(-std::log10(std::max(relative, 5 * epsilon))));
    }
    if (relative < 1e-3) {
        return fmt::format("the loss is within {:.2g} of {}, relatively", relative, least(measured));
    }
    return relative < 1 ? fmt::format("the loss stands {} above {}", share_text(relative, 1 - relative),
                                      least(measured))
                        : fmt::format("the loss is {:.3g} times {}", 1 + relative, least(measured));
}

std::string sentence(std::string text) {
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text + ".";
}

struct TermWords {
    const char* kind;
    Enclosure certificates::GapTerms::*value;
    const char* name;
    const char* what;
    const char* advice;
};

const std::array<TermWords, 5> term_words = {{
    {"logits", &certificates::GapTerms::logits, "logits",
     "they are away from the best ones for the class's size; unequal logits of the wrong classes are part of it",
     "Train on with a smaller learning rate: logits settle last. Where they stay too large or too small, the "
     "decays in training are not the ones given here."},
    {"classifier", &certificates::GapTerms::classifier, "classifier",
     "rows of W are away from the combination of class means that suits the features best",
     "Train the last layer alone for some epochs, which is a convex problem, and look whether weight decay "
     "reaches it at all."},
    {"orthogonality", &certificates::GapTerms::orthogonality, "orthogonality",
     "class means are not at right angles",
     "The features keep classes together: train on, take a wider or deeper network, or more features than "
     "classes."},
    {"within_class", &certificates::GapTerms::within_class, "within-class spread",
     "samples are away from their class's mean",
     "Train on, and extract features in evaluation mode, without augmentation or dropout. What stays is what "
     "the network cannot fit."},
    {"collapsed", &certificates::GapTerms::collapsed, "collapse",
     "classes too small to be worth learning have features that should be zero",
     "Nothing that you would want to mend: at these decays the optimum gives these classes up. Lower the "
     "decays, or weight the classes (ncverify weights), so that it does not."},
}};

Finding of_gap(const Measurement& measured) {
    const Gap& gap = *measured.gap;
    const double total = value_of(gap.terms.sum()), relative = value_of(gap.terms.sum() / gap.lower_bound);
    std::vector<std::pair<double, const TermWords*>> terms;
    double size = 0;
    for (const TermWords& words : term_words) {
        terms.emplace_back(value_of(gap.terms.*words.value), &words);
        size += std::abs(terms.back().first);
    }
    // Logits and inner products are chains of up to d + K operations, each good to an epsilon.
    const double rounding =
        static_cast<double>(measured.configuration.dimension + measured.configuration.classes()) * epsilon *
        size;
    if (measured.range.negatives > 0 && total < -rounding) {
        return {
            "below_bound", "The loss lies below the bound for features without negative entries.",
            "Some features are negative: the theorem is about features after a ReLU, and neither its bound "
            "nor its geometry need hold for these.",
            "Take the features after the ReLU, if there is one."};
    }
    std::stable_sort(terms.begin(), terms.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    const std::string far = how_far(measured, gap);
    const auto& [largest, words] = terms[0];
    if (!(largest > 0)) {
        return {
            "optimum", sentence(far),
            "Nothing is left to gain: in double precision, the network is at a global minimum of problem (4).",
            ""};
    }
    const bool shared = std::isfinite(total) && terms.back().first >= -rounding;
    double rest = 0;
    for (const auto& [value, other] : terms) {
        rest += other == words ? 0 : std::max(0.0, value);
    }
    const std::string part = shared
                                 ? sentence(fmt::format("{} of the gap is {}: {}", share_text(largest, rest),
                                                        words->name, words->what))
                                 : sentence(fmt::format("the largest part of the gap, {:.4g} nats, is {}: {}",
                                                        largest, words->name, words->what));
    const auto& [second, second_words] = terms[1];
    const std::string another =
        shared && second >= 0.1 * total
            ? fmt::format(" Another {}: {}.", share_text(second, largest + rest - second), second_words->name)
            : "";
    if (relative < agrees) {
        return {"optimum", sentence(far), part + another, ""};
    }
    return {
        words->kind,
        sentence(fmt::format("{}, {} {}", far,
                             largest > rest ? "mostly because of" : "most of all because of", words->name)),
        part + another, words->advice};
}

Finding of_zeros(const Measurement& measured) {
    long worth = 0;
    for (long k = 0; measured.has_decays && k < measured.configuration.classes(); ++k) {
        worth += theory::collapsed(measured.configuration, k) ? 0 : 1;
    }
    if (measured.has_decays && worth == 0) {
        return {"complete_collapse", "Every feature is zero, and at these decays it should be.",
                "No class is large enough to be worth learning: the theorem's features are zero, too.",
                "Lower the decays: ncverify theory shows from which ones on classes are learnt."};
    }
    const std::string far = measured.gap ? "; " + how_far(measured, *measured.gap) : "";
    return {
        "all_zero", "Every feature is zero: the network gives every sample the same answer.",
        measured.has_decays ? fmt::format("At the optimum for these decays {} of {} classes have features{}.",
                                          worth, measured.configuration.classes(), far)
                            : "Nothing but the classifier's bias, if it has one, can tell classes apart.",
        "Start again: with a smaller learning rate, another initialisation, or smaller decays at first. At "
        "zero the gradient on W vanishes, and no further training of this network leads away."};
}

Finding of_dead(const Measurement& measured) {
    const DeadClasses& dead = *measured.dead;
    const bool one = dead.classes.size() == 1;
    constexpr std::array<const char*, 11> words = {"",    "",      "Two",   "Three", "Four", "Five",
                                                   "Six", "Seven", "Eight", "Nine",  "Ten"};
    const std::size_t many = dead.classes.size();
    const std::string number =
        one ? "One class is"
            : (many < words.size() ? std::string(words[many]) : std::to_string(many)).append(" classes are");
    std::string headline = number + " dead", explanation;
    if (measured.gap && value_of(measured.gap->terms.sum()) > 0) {
        const double cost = value_of(dead.cost), total = value_of(measured.gap->terms.sum());
        headline += fmt::format("; that alone {} {} of the gap", dead.exactly_zero ? "is" : "is about",
                                share_text(std::min(cost, total), std::max(0.0, total - cost)));
        explanation = fmt::format("; that costs {:.4g} of the gap of {:.4g} nats, whatever else is learnt",
                                  cost, total);
    }
    return {
        "dead_classes", sentence(headline),
        sentence(fmt::format("class{} {} {} at zero, although the optimum has features for {}{}",
                             one ? "" : "es", class_list(measured, dead.classes), one ? "is" : "are",
                             one ? "it" : "them", explanation)),
        "Start again, from another initialisation, with a smaller learning rate at first or more features: "
        "at a dead class every small step is a loss, and training on does not revive it."};
}

Finding of_decays(const Measurement& measured) {
    const FittingDecays& fitting = measured.contradiction->fitting;
    const auto near = [](const std::string& decay) {
        return fmt::format("{:.3g}", from_rational<double>(parse_lambda(decay, "decay")));
    };
    const Configuration& given = measured.configuration;
    const std::string headline =
        fitting.lambda_w_fits
            ? fmt::format(
                  "The features' decay does not fit: this network was trained with lambda_H near {}, not {}",
                  near(fitting.lambda_h), given.lambda_h_text)
        : fitting.lambda_h_fits
            ? fmt::format(
                  "The classifier's decay does not fit: this network was trained with lambda_W near {}, not {}",
                  near(fitting.lambda_w), given.lambda_w_text)
            : fmt::format(
                  "The decays do not fit: this network was trained with lambda_W near {} and lambda_H near "
                  "{}, not {} and {}",
                  near(fitting.lambda_w), near(fitting.lambda_h), given.lambda_w_text, given.lambda_h_text);
    std::string explanation = fmt::format(
        "At every stationary point lambda_H / lambda_W = ||W||^2 / sum ||h||^2, here {:.4g}; of those given it is "
        "{:.3g} times that. With lambda_W = {} and lambda_H = {} {}; with those given, {}.",
        measured.implied->ratio, fitting.factor, near(fitting.lambda_w), near(fitting.lambda_h),
        how_far(measured, measured.contradiction->gap), how_far(measured, *measured.gap));
    const double batch = static_cast<double>(measured.samples()) / fitting.factor;
    const bool batched = fitting.lambda_w_fits && batch >= 1 && fitting.factor > 1;
    return {
        "decays", sentence(headline), explanation,
        (batched ? fmt::format(
                       "A decay on features that is added to each minibatch of B samples without N/B acts "
                       "B/N times as strongly: that would be B near {:.0f}. ",
                       batch)
                 : std::string()) +
            "Look at how the training code scales each decay, and give the ones that acted: the table of decays "
            "has the usual cases."};
}

Finding without_gap(const Measurement& measured) {
    const std::string metrics = fmt::format("NC1 is {:.4g}{}", measured.nc1,
                                            measured.nc2 ? fmt::format(", NC2 {:.4g}", *measured.nc2) : "");
    if (measured.bias.size() > 0) {
        return {
            "bias", "With a bias there is no bound, and no gap: " + metrics + ".",
            "A free bias can do better than the least loss of problem (4), which has none. Loss, accuracy and "
            "metrics here are with the bias; what the theorem says is for a last layer without one.",
            "Train the last layer without a bias to see how far it is from its optimum."};
    }
    if (measured.other_samples) {
        return {
            "other_samples", "Other samples than those of the training: " + metrics + ".",
            "The counts given are not those of the labels. The theorem's numbers are for the training; its gap "
            "is of the training samples, and is left out.",
            "Measure the training samples, too: the gap is theirs."};
    }
    if (measured.has_decays) {
        return {"no_gap", sentence(metrics), "", ""};
    }
    return {"no_decays", sentence(metrics),
            "Without weight decays there is nothing to hold the loss and the geometry against" +
                (measured.implied ? ", and the network does not tell them: " + measured.implied->why : "") +
                ".",
            "Give --lambda-w and --lambda-h, or one of them, or train on until the last layer has settled."};
}

}  // namespace

std::vector<Finding> diagnosis(const Measurement& measured) {
    std::vector<Finding> findings;
    if (measured.all_zero()) {
        findings.push_back(of_zeros(measured));
    } else if (measured.dead && !measured.dead->classes.empty()) {
        findings.push_back(of_dead(measured));
    }
    if (measured.contradiction) {
        findings.push_back(of_decays(measured));
    }
    // What a gap is made of says little where every feature is zero or the decays are others, and its advice
    // is not for dead classes.
    if (!measured.all_zero() && !measured.contradiction) {
        findings.push_back(measured.gap ? of_gap(measured) : without_gap(measured));
        if (findings.size() > 1) {
            findings.back().advice.clear();
        }
    }
    return findings;
}

}  // namespace ncverify::measure
