#include "campaign/tally.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "problem/errors.hpp"

namespace ncverify::campaign {

namespace {

using trial::Mark;

constexpr const char* words[reasons] = {"hardest", "refuted",   "worst", "closest",
                                        "first",   "undecided", "shrunk"};

// As the report's order of hard cases (trial/distribution.cpp), and total.
auto hardness(const Kept& kept) {
    return std::tuple(kept.slack.value_or(std::numeric_limits<double>::infinity()), -kept.error_log10,
                      kept.place);
}

bool before(const trial::Paper& paper, Why why, const Kept& one, const Kept& other) {
    switch (why) {
        case Why::hardest:
            return hardness(one) < hardness(other);
        case Why::refuted:
        case Why::shrunk: {
            const auto& less = paper.instances.less;
            return less(one.key.instance, other.key.instance) ||
                   (!less(other.key.instance, one.key.instance) && one.place < other.place);
        }
        case Why::worst:
            return std::tuple(-one.error_log10, one.place) < std::tuple(-other.error_log10, other.place);
        case Why::closest:
            return std::tuple(one.slack, one.place) < std::tuple(other.slack, other.place);
        default:
            return one.place < other.place;
    }
}

// Comparisons want no NaN.
double ordered(double value) {
    return std::isnan(value) ? std::numeric_limits<double>::infinity() : value;
}

void take_least(std::optional<double>& least, const std::optional<double>& other) {
    if (other && (!least || *other < *least)) {
        least = other;
    }
}

}  // namespace

std::string to_string(Why why) {
    return words[static_cast<std::size_t>(why)];
}

Why why_named(const std::string& word, const std::string& where) {
    const auto* const found = std::find(std::begin(words), std::end(words), word);
    if (found == std::end(words)) {
        throw InputError("'" + printable(word) + "' is no reason to keep a case", where,
                         "one of the schema's");
    }
    return static_cast<Why>(found - std::begin(words));
}

long Tally::count(Mark::Kind least, Mark::Kind most) const {
    long sum = 0;
    for (const auto& [mark, cases] : marks) {
        sum += least <= mark.kind && mark.kind <= most ? cases : 0;
    }
    return sum;
}

void Tally::keep(const trial::Paper& paper, Why why, Kept one) {
    std::vector<Kept>& all = kept[static_cast<std::size_t>(why)];
    const auto place = std::upper_bound(
        all.begin(), all.end(), one, [&](const Kept& a, const Kept& b) { return before(paper, why, a, b); });
    const std::size_t most = most_kept[static_cast<std::size_t>(why)];
    if (place - all.begin() < static_cast<std::ptrdiff_t>(most)) {
        all.insert(place, std::move(one));
        all.resize(std::min(all.size(), most));
    }
}

void Tally::add(const trial::Paper& paper, const Place& place, const trial::CaseKey& key,
                const trial::Observation& observation) {
    const Mark mark = mark_of(observation);
    ++marks[mark];
    if (mark.kind == Mark::Kind::skipped) {
        return;
    }
    Kept seen{.place = place,
              .key = key,
              .error_log10 = ordered(observation.error_log10),
              .slack = observation.slack,
              .message = {},
              .values = {}};
    if (seen.slack) {
        seen.slack = ordered(*seen.slack);
    }
    keep(paper, Why::first, seen);
    take_least(least_slack, seen.slack);
    if (mark.kind != Mark::Kind::inconclusive) {
        evidence = std::min(evidence.value_or(observation.evidence), observation.evidence);
    }
    if (mark.passed()) {
        if (mark.kind != Mark::Kind::exact) {  // which is not hard in any degree
            keep(paper, Why::hardest, seen);
        }
        if (seen.error_log10 > -1e300) {
            keep(paper, Why::worst, seen);
        }
        if (seen.slack) {
            keep(paper, Why::closest, seen);
        }
    } else {
        seen.message = observation.message;
        seen.values = observation.values;
        keep(paper, mark.kind == Mark::Kind::refuted ? Why::refuted : Why::undecided, std::move(seen));
    }
}

void Tally::merge(const trial::Paper& paper, const Tally& other) {
    for (const auto& [mark, cases] : other.marks) {
        marks[mark] += cases;
    }
    if (other.evidence) {
        evidence = std::min(evidence.value_or(*other.evidence), *other.evidence);
    }
    take_least(least_slack, other.least_slack);
    hits.resize(std::max(hits.size(), other.hits.size()));
    for (std::size_t i = 0; i < other.hits.size(); ++i) {
        hits[i] += other.hits[i];
    }
    for (std::size_t why = 0; why < reasons; ++why) {
        for (const Kept& each : other.kept[why]) {
            keep(paper, static_cast<Why>(why), each);
        }
    }
}

void merge(trial::SolverRecord& solver, const trial::SolverRecord& more) {
    solver.certified += more.certified;
    solver.not_certified += more.not_certified;
    solver.starts_total += more.starts_total;
    solver.starts_largest = std::max(solver.starts_largest, more.starts_largest);
    solver.local_minima_met += more.local_minima_met;
}

}  // namespace ncverify::campaign
