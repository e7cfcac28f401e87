// The classes of a configuration as the generated Coq files name them and state theorems about them.
#pragma once

#include <string>
#include <vector>

#include "theory/printed.hpp"

namespace ncverify::proofs {

/// The classes of one count and one weight, as the theorems about them are named and stated.
struct Classes {
    long long count;
    std::string name;    ///< "100"; "100_4" with weights, of the root of 4 over their common denominator
    std::string number;  ///< "100"; "(100, 4)%Z"
    std::string omega;   ///< "" or "sqrt (4 / 9)"
    std::string note;    ///< for the comment: "", or ", weight 2/3"
};

/// One of each count and weight, in the order of the printed form's groups.
std::vector<Classes> distinct_classes(const Configuration& configuration, const theory::PrintedForm& form);

}  // namespace ncverify::proofs
