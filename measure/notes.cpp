#include "measure/notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measure/conventions.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::measure {

namespace {

using Notes = std::vector<std::string>;

// What was measured, where that is not simply what was given.
void add_inputs(const Measurement& measured, Notes& notes) {
    notes = measured.read_as;
    if (measured.ignored > 0) {
        notes.push_back(fmt::format("{} samples carry the ignored label and are left out", measured.ignored));
    }
    if (measured.lambda_w_implied || measured.lambda_h_implied) {
        const bool both = measured.lambda_w_implied && measured.lambda_h_implied;
        notes.push_back(fmt::format(
            "{} not given and {} taken from the network: {}{}{}{}; lambda_H is that of features as free as in "
            "problem (4)",
            both ? "the decays are" : "one decay is", both ? "are" : "is",
            measured.lambda_w_implied ? "lambda_W = " + measured.configuration.lambda_w_text : "",
            both ? ", " : "",
            measured.lambda_h_implied ? "lambda_H = " + measured.configuration.lambda_h_text : "",
            both ? "" : ", by the ratio that holds at every stationary point"));
    }
    for (const std::string& name : bias_names) {
        const auto& keys = measured.classifier.keys;
        if (measured.bias.size() == 0 && std::find(keys.begin(), keys.end(), name) != keys.end()) {
            notes.push_back(
                fmt::format("the classifier's file holds '{}', which was not read: --bias takes it", name));
        }
    }
    if (measured.bias.size() > 0) {
        notes.emplace_back(
            "with a free bias the lower bound is false, so that there is no gap; the theorem is "
            "about a last layer without bias");
    }
    const auto absent = std::count(measured.counts.begin(), measured.counts.end(), 0);
    if (absent > 0) {
        notes.push_back(
            fmt::format("{} of {} classes have no sample here: metrics and targets are over the others",
                        absent, measured.counts.size()));
    }
    if (measured.range.negatives > 0) {
        notes.push_back(
            fmt::format("{} feature entries are negative (the first in row {}): the theorem is about "
                        "non-negative features, and the lower bound may not hold",
                        measured.range.negatives, measured.range.first_negative_sample));
    }
}

long double total(const std::vector<long double>& values) {
    long double sum = 0;
    for (const long double value : values) {
        sum += value;
    }
    return sum;
}

// All features of one length, which training did not make: then samples of a class would be equal, too.
bool normalised(const Measurement& measured) {
    const double rounding = measured.features.header.type.rounding();
    const auto dimension = static_cast<double>(measured.configuration.dimension);
    // Numbers were rounded to this type, and their norm was formed in single precision or better.
    const double tolerance = 2 * rounding + 2 * std::sqrt(dimension) * 0x1p-24;
    long double spread = 0;
    for (const ClassSums& sums : measured.classes) {
        spread += sums.spread;
    }
    const double largest = measured.range.largest_square;
    return largest > 0 && largest - measured.range.smallest_square <= 2 * tolerance * largest &&
           static_cast<double>(spread) > 2 * tolerance * largest * static_cast<double>(measured.samples());
}

// Where a number hangs on little.
void add_cautions(const Measurement& measured, Notes& notes) {
    if (measured.between.rank() == 0) {
        notes.emplace_back(
            "all class means coincide, up to rounding: the pseudo-inverse in (19), and NC1, are 0");
    } else {
        const auto& values = measured.between.singular_values;
        const double norm = std::sqrt(measured.feature_gram.diagonal().sum());
        const auto sides = static_cast<double>(
            std::max<long long>(measured.configuration.dimension, measured.configuration.classes()));
        const double cut = sides * measured.features.header.type.rounding() * norm;
        const auto rank = static_cast<std::ptrdiff_t>(measured.between.rank());
        const auto doubtful =
            std::count_if(values.begin(), values.begin() + rank, [&](double value) { return value <= cut; });
        const long double sum = total(measured.by_direction);
        const long double largest =
            *std::max_element(measured.by_direction.begin(), measured.by_direction.end());
        if (doubtful > 0) {
            notes.push_back(fmt::format(
                "{} of the {} singular values that count in NC1 could be made by the rounding of {} alone: without "
                "{}, NC1 is {:.4g}",
                doubtful, rank, measured.features.header.type.name(), doubtful > 1 ? "them" : "it",
                nc1_above(measured, cut)));
        } else if (rank > 2 && largest > sum / 2) {
            notes.push_back(fmt::format(
                "{:.3g} % of NC1 comes from one of {} directions: without it, NC1 is {:.4g}",
                static_cast<double>(100 * largest / sum), rank,
                static_cast<double>((sum - largest) / static_cast<long double>(measured.samples()))));
        }
    }
    if (measured.first() != measured.correct()) {
        notes.push_back(fmt::format(
            "logits tie: argmax, which takes the first of the largest, finds {} of {} samples right, of which {} by "
            "a tie",
            measured.first(), measured.samples(), measured.first() - measured.correct()));
    }
    if (normalised(measured)) {
        notes.push_back(fmt::format(
            "all features have the same length, {:.6g}: they look normalised, and features that are not free in "
            "their length have another optimum than problem (4)",
            std::sqrt(measured.range.largest_square)));
    }
}

}  // namespace

std::vector<std::string> notes_on(const Measurement& measured) {
    Notes notes;
    add_inputs(measured, notes);
    add_cautions(measured, notes);
    const bool complete = std::count(measured.counts.begin(), measured.counts.end(), 0) == 0;
    if (!measured.nc2 && complete) {
        notes.emplace_back(
            "NC2 (20) is undefined: the classifier or its prediction from the features is zero");
    }
    if (!measured.has_decays) {
        notes.emplace_back(
            "without --lambda-w and --lambda-h there is no prediction, no NC3 (21) and no gap");
        return notes;
    }
    if (!measured.nc3 && complete) {
        notes.emplace_back(
            "NC3 (21) is undefined: the logits, measured or predicted (complete collapse), are zero");
    }
    if (measured.other_samples) {
        notes.emplace_back("the counts given are not those of the labels: there are targets, and no gap");
    }
    if (!theory::attained(measured.configuration)) {
        notes.push_back(fmt::format(
            "d = {} is smaller than the number of classes above the threshold: no point attains the "
            "lower bound",
            measured.configuration.dimension));
    }
    return notes;
}

}  // namespace ncverify::measure
