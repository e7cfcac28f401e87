// Coverage: which classes of input a run must have seen before it may call a claim verified.
#pragma once

#include <string>
#include <vector>

#include "problem/configuration.hpp"

namespace ncverify::properties {

/// A class of configurations, by name.
struct InputClass {
    std::string name;  ///< "some classes collapsed"
    bool (*contains)(const Configuration&);
};

/// At least this share of the cases that a claim applies to must fall in the class.
struct Demand {
    InputClass input;
    double share;
};

// The classes that the generator reaches on purpose.
InputClass two_classes();        ///< K = 2
InputClass single_samples();     ///< some n_k = 1
InputClass balanced();           ///< all counts equal
InputClass two_groups();         ///< two distinct counts
InputClass all_distinct();       ///< no two counts equal
InputClass none_collapsed();     ///< every n_k above T
InputClass some_collapsed();     ///< some at or below T, some above
InputClass all_collapsed();      ///< every n_k at or below T
InputClass at_threshold();       ///< some n_k = T exactly
InputClass near_threshold();     ///< some n_k within 10^-29 of T, relative, and not at it
InputClass spare_coordinates();  ///< d > K
InputClass few_coordinates();    ///< d < K

/// What every claim about all configurations with d >= K must have seen.
std::vector<Demand> whole_domain();

/// `demands` less those for the named classes: for claims whose domain leaves them out.
std::vector<Demand> without(std::vector<Demand> demands, const std::vector<InputClass>& left_out);

/// How a demand stands after some cases.
enum class Coverage {
    met,       ///< the share is at least nine tenths of the one demanded, with certainty 1 - 10^-9
    missed,    ///< the share is below the one demanded, with the same certainty
    undecided  ///< more cases would tell
};

/// The sequential test of QuickCheck's checkCoverage: Wilson's interval for `hits` in `cases`, at a
/// confidence so high that looking again after every batch does no harm.
Coverage coverage(long hits, long cases, double share);
std::string to_string(Coverage coverage);  ///< "met", "missed", "undecided"

}  // namespace ncverify::properties
