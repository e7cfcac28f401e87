#include "trial/mark.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "problem/errors.hpp"
#include "trial/error_text.hpp"

namespace ncverify::trial {

namespace {

constexpr const char* letters = "-sxtdhir";  // of the kinds, in their order
constexpr std::size_t most_letters = 8;      // of a value: more digits or decades than there can be

bool has_value(Mark::Kind kind) {
    return kind == Mark::Kind::digits || kind == Mark::Kind::decade;
}

Mark mark_of_passed(const Observation& observation) {
    if (observation.slack) {
        // A slack beyond double's range counts with the largest within.
        const double slack = std::min(*observation.slack, std::numeric_limits<double>::max());
        return slack > 0 ? Mark{Mark::Kind::decade, static_cast<std::int32_t>(std::floor(std::log10(slack)))}
                         : Mark{Mark::Kind::tight};
    }
    if (!(observation.error_log10 > exact_log10)) {
        return {Mark::Kind::exact};
    }
    const double agreed = std::isfinite(observation.error_log10) ? std::floor(-observation.error_log10) : 0;
    return {Mark::Kind::digits, static_cast<std::int32_t>(std::max(0.0, agreed))};
}

}  // namespace

Mark mark_of(const Observation& observation) {
    switch (observation.outcome) {
        case Outcome::passed:
            return mark_of_passed(observation);
        case Outcome::refuted:
            return {Mark::Kind::refuted};
        case Outcome::inconclusive:
            return {Mark::Kind::inconclusive};
        case Outcome::untried:
            return {Mark::Kind::untried};
        default:
            return {Mark::Kind::skipped};
    }
}

std::string to_string(const Mark& mark) {
    return letters[static_cast<std::size_t>(mark.kind)] +
           (has_value(mark.kind) ? std::to_string(mark.value) : "");
}

Mark parse_mark(const std::string& word) {
    const std::string all = letters;
    const std::size_t place = word.empty() ? std::string::npos : all.find(word[0]);
    if (place != std::string::npos) {
        Mark mark{static_cast<Mark::Kind>(place)};
        const std::string value = word.substr(1);
        if (has_value(mark.kind) && value.size() <= most_letters &&
            value.find_first_of("0123456789") != std::string::npos) {
            mark.value = std::stoi(value);
        }
        if (to_string(mark) == word) {
            return mark;
        }
    }
    throw InputError("'" + printable(word) + "' is no mark", "the ledger",
                     "such as d71, h-3, x, t, s, i or r");
}

}  // namespace ncverify::trial
