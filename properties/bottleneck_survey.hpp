// Surveys with fewer coordinates than classes: certified minima along lines of decays, their structures, and
// where one gives way to another.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "files/json.hpp"
#include "problem/configuration.hpp"

namespace ncverify::properties {

/// One line: counts and weights of a configuration, d, and lW = lH = l from one end to the other.
struct SurveyLine {
    Configuration configuration;  ///< whose decays are replaced
    double from = 0, to = 0;      ///< of l, 0 < from < to
    long points = 2;              ///< in equal ratios, both ends included
};

struct SurveyOptions {
    std::vector<SurveyLine> lines;
    double width = 0;  ///< relative, at which bisection of a boundary ends; 0: boundaries are not sought
    long digits = 30;
    std::uint64_t seed = 1;
    long jobs = 0;
    double seconds_each = 60;  ///< for a point, after which it counts as not certified
    const std::atomic<bool>* stop = nullptr;
};

/// A certified minimum, or what there is instead.
struct SurveyPoint {
    std::string decay;  ///< l, as it was used exactly
    bool certified = false;
    std::string objective, lower_bound, relative_gap;
    /// Which coordinates each class uses, K words of d letters 0 and 1: the smallest text of those that
    /// permutations of coordinates and of classes of equal count and weight make of it. Where certified, that
    /// of every global minimiser whose unused coordinates are left at zero.
    std::string structure;
    std::vector<long> dead;  ///< classes at zero that would gain by a coordinate of their own
    std::vector<std::vector<std::string>> cosines;  ///< of h_k and h_l; "" where one is zero
    long cells = 0;
};

/// Two certified points next to each other whose structures differ.
struct PhaseBoundary {
    SurveyPoint below, above;
};

struct SurveyedLine {
    SurveyLine line;
    std::vector<SurveyPoint> points;        ///< by rising decay
    std::vector<PhaseBoundary> boundaries;  ///< by rising decay
};

struct Survey {
    long digits = 0;
    std::uint64_t seed = 0;
    bool interrupted = false;
    std::vector<SurveyedLine> lines;
    bool all_certified() const;
};

/// Throws InputError, before any work, for lines that branch and bound cannot be tried on.
Survey survey(const SurveyOptions& options);

/// The document that `ncverify bottleneck --format json` prints.
Json to_json(const Survey& survey);

}  // namespace ncverify::properties
