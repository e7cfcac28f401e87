// Mutants: theorems that are wrong on purpose, to measure what the claims' checks can see.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "theory/closed_form.hpp"

namespace ncverify::properties {

/// A theorem close to the one on trial. Either one formula alone is spoilt, or an ingredient (M_k, c, a
/// factor) with all that follows from it.
struct Mutant {
    std::string name;      ///< "margin, with all that follows: K for K-1"
    std::string equation;  ///< what it spoils: "(6)"
    std::function<theory::ClosedForm(const Configuration&)> theorem;
    /// Where this is the theorem itself, written otherwise: why. Empty for mutants that say something else.
    std::string equivalent = "";
};

/// All mutants, in a fixed order; names are unique.
const std::vector<Mutant>& mutants();

// The parts of the table.
std::vector<Mutant> product_mutants();     ///< every number of the theorem, under every operation
std::vector<Mutant> constant_mutants();    ///< other constants c, thresholds T and margins M_k
std::vector<Mutant> formula_mutants();     ///< slips particular to one formula
std::vector<Mutant> rare_mutants();        ///< slightly wrong, and only on a small part of the domain
std::vector<Mutant> equivalent_mutants();  ///< the theorem written otherwise: nothing may refute these

}  // namespace ncverify::properties
