// Dependencies: which claims the paper derives from which.
#pragma once

#include <string>
#include <vector>

namespace ncverify::properties {

/// A claim and the claims that the paper's text derives it from.
struct Dependency {
    std::string claim;
    std::vector<std::string> rests_on;
    std::string where;  ///< what the paper says, or does, there
};

/// The paper's argument as it is written, true or not: from the proof's inequalities to Theorem 1 and on to
/// its corollaries. Claims that it derives from nothing on trial are not listed; nor are corrected
/// statements, misreadings and what goes beyond the paper.
const std::vector<Dependency>& dependencies();

/// What the paper derives this claim from; empty where it derives it from nothing on trial.
std::vector<std::string> rests_on(const std::string& claim);

}  // namespace ncverify::properties
