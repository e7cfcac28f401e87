#include "measure/notes.hpp"

#include <fmt/format.h>

#include "theory/closed_form.hpp"

namespace ncverify::measure {

std::vector<std::string> notes_on(const Measurement& measured) {
    std::vector<std::string> notes;
    if (measured.range.negatives > 0) {
        notes.push_back(
            fmt::format("{} feature entries are negative (the first in row {}): the theorem is about "
                        "non-negative features, and the lower bound may not hold",
                        measured.range.negatives, measured.range.first_negative_sample));
    }
    if (measured.between.rank() == 0) {
        notes.emplace_back(
            "all class means coincide, up to rounding: the pseudo-inverse in (19), and NC1, are 0");
    }
    if (!measured.nc2) {
        notes.emplace_back(
            "NC2 (20) is undefined: the classifier or its prediction from the features is zero");
    }
    if (!measured.has_decays) {
        notes.emplace_back(
            "without --lambda-w and --lambda-h there is no prediction, no NC3 (21) and no gap");
        return notes;
    }
    if (!measured.nc3) {
        notes.emplace_back(
            "NC3 (21) is undefined: the logits, measured or predicted (complete collapse), are zero");
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
