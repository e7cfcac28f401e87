// Trace: which comparisons a check makes, so that each of them can be shown to be able to fail.
#pragma once

#include <set>
#include <string>

#include "problem/enclosure.hpp"

namespace ncverify::trial {

/// A kind of comparison within a claim: its name with every number in it made "#", so that "h_3 . h_1" and
/// "h_2 . h_1" are one.
std::string comparison_kind(const std::string& name);

/// Which kinds of comparison one run of a check made, and which of them failed. Without one of them, the
/// check would have refuted all the same exactly if another failed.
struct Trace {
    std::set<std::string> seen, failed;
};

/// What measures a check's comparisons while it runs, or spoils one; both are empty in a trial.
struct Watch {
    Trace* trace = nullptr;  ///< not owned
    std::string wrong = {};  ///< the kind of comparison whose expression is wrong in this world

    bool idle() const { return trace == nullptr && wrong.empty(); }
    /// Notes a comparison of this kind; says whether its expression is the wrong one.
    bool is_wrong(const std::string& kind) const;
    void failed(const std::string& kind) const;
};

/// `value` with its expression wrong: off by 2^-20 of itself, which no exact zero notices.
Enclosure off(const Enclosure& value);

/// The same for a value that its bound leaves room: off by 2^20. A bound that does not notice says nothing.
Enclosure far_off(const Enclosure& value);

}  // namespace ncverify::trial
