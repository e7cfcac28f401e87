// Case: a configuration, a seed and a number of digits; everything a check looks at derives from it.
#pragma once

#include <cstdint>
#include <string>

#include "certificates/implied_bounds.hpp"
#include "problem/configuration.hpp"
#include "solvers/search.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::properties {

/// What a case is made of, and what its replay token says.
struct CaseKey {
    Configuration configuration;
    std::uint64_t seed = 1;
    long digits = 50;
};

/// A token that replays one claim on one case on any machine: one shell word, readable.
std::string replay_token(const std::string& claim, const CaseKey& key);
/// The claim and the case of a token; throws InputError for anything that is not one.
std::pair<std::string, CaseKey> parse_replay_token(const std::string& token);

/// What the solver did for a case.
struct SolverAccount {
    bool certified = false;
    long starts = 0;
    long local_minima = 0;  ///< met on the way or ended in: points not global or not proven so
};

/// The two witnesses' testimony on one configuration, ready to be confronted. `bounds` encloses the
/// invariants of every global minimiser, by the solver's point and the dual certificate; `closed_form` is the
/// theorem.
struct Case {
    CaseKey key;
    theory::ClosedForm closed_form;
    certificates::ImpliedBounds bounds;
    SolverAccount solver;
};

/// Digits at which a case is solved and compared, for comparisons that must resolve `key.digits`: a gap g
/// pins a minimiser's invariants down to about sqrt(g) only. `raise` doubles them, once per unit.
long comparison_digits(const CaseKey& key, int raise);

/// Solves, certifies and evaluates, at the precision of the innermost PrecisionScope, which must be
/// `comparison_digits` or more.
Case build_case(const CaseKey& key, int raise, solvers::SearchMethod search = solvers::SearchMethod::descent);

}  // namespace ncverify::properties
