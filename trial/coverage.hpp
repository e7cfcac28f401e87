// Coverage: which classes of input a run must have seen before it may call a claim verified.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "trial/case_key.hpp"

namespace ncverify::trial {

/// A class of instances, by name.
struct InputClass {
    std::string name;  ///< "some classes collapsed"
    std::function<bool(const Instance&)> contains;
};

/// At least this share of the cases that a claim applies to must fall in the class.
struct Demand {
    InputClass input;
    double share;
};

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

}  // namespace ncverify::trial
