// Names of the quantities that claims compare, for counterexamples. Classes are counted from one in them.
#pragma once

#include <string>

namespace ncverify::properties {

/// "margin of class 3".
std::string of_class(const std::string& what, std::size_t k);
/// "w_3", "w_3 and w_5".
std::string classifier_name(long k);
std::string classifier_names(long k, long j);

}  // namespace ncverify::properties
