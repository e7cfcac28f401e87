// Suggestion: what somebody who mistyped a word may have meant.
#pragma once

#include <string>
#include <vector>

namespace ncverify {

/// " (did you mean thm1.b?)" for the known word that takes the fewest edits (a letter put in, left out,
/// changed, or swapped with the next), where these are at most a third of the letters; else "".
std::string suggestion(const std::string& given, const std::vector<std::string>& known);

}  // namespace ncverify
