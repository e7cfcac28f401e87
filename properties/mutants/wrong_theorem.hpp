// Wrong theorems: closed forms that are wrong on purpose, to measure what the claims' checks can see.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "theory/closed_form.hpp"
#include "trial/mutation.hpp"

namespace ncverify::properties {

/// A theorem close to the one on trial. Either one formula alone is spoilt, or an ingredient (M_k, c, a
/// factor) with all that follows from it.
struct WrongTheorem {
    std::string name;      ///< "margin, with all that follows: K for K-1"
    std::string equation;  ///< what it spoils: "(6)"
    std::function<theory::ClosedForm(const Configuration&)> theorem;
    /// Where this is the theorem itself, written otherwise: why. Empty for those that say something else.
    std::string equivalent = "";
};

// The parts of the table.
std::vector<WrongTheorem> product_mutants();     ///< every number of the theorem, under every operation
std::vector<WrongTheorem> constant_mutants();    ///< other constants c, thresholds T and margins M_k
std::vector<WrongTheorem> formula_mutants();     ///< slips particular to one formula
std::vector<WrongTheorem> rare_mutants();        ///< slightly wrong, and only on a small part of the domain
std::vector<WrongTheorem> weight_mutants();      ///< class weights taken for something else
std::vector<WrongTheorem> equivalent_mutants();  ///< the theorem written otherwise: nothing may refute these

/// As the engine wants them: cases with this theorem in the theorem's place.
std::vector<trial::Mutant> as_mutants(const std::vector<WrongTheorem>& theorems);

/// Wrong points, neighbouring problems, unsound bounds: what the solver and the checker say is wrong.
std::vector<trial::Mutant> point_worlds();
/// Wrong constants of the proof, drawn points that are not what they are taken for, a wrong dual bound.
std::vector<trial::Mutant> step_worlds();
/// Descents that stood still at other points, or in fewer coordinates.
std::vector<trial::Mutant> still_worlds();
/// Wrong minima, stationary points and bounds with fewer coordinates than classes.
std::vector<trial::Mutant> few_worlds();

/// All mutants, in a fixed order; names are unique.
const std::vector<trial::Mutant>& mutants();

/// Comparisons that cannot fail, each with the reason why it stands there.
std::vector<trial::Unneeded> unneeded_comparisons();

/// Small configurations that show most slips at once: collapsed classes and thresholds among them.
std::vector<Configuration> mutation_configurations();

/// Whether two theorems certainly differ for a configuration: two numbers with disjoint enclosures, or two
/// verdicts on whether a class collapses.
bool certainly_differ(const Configuration& configuration, const theory::ClosedForm& a,
                      const theory::ClosedForm& b);

}  // namespace ncverify::properties
