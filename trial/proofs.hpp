// Proofs: what bears a verdict out over a whole domain, beside the cases.
#pragma once

#include <string>
#include <vector>

namespace ncverify::trial {

struct ClaimResult;
struct TrialResult;

/// What a proof by branch and bound came to.
enum class BoxVerdict {
    proved,    ///< the statement holds at every point of every part
    refuted,   ///< there is a box at every point of which it fails
    undecided  ///< boxes were left over when the budget was spent
};
std::string to_string(BoxVerdict verdict);  ///< "proved", ..

/// What came of one part of such a proof.
struct PartProof {
    std::string domain;
    BoxVerdict verdict = BoxVerdict::undecided;
    bool everywhere = false;  ///< refuted at every point of the part, not on some boxes only
    long boxes = 0;           ///< looked at
    std::string box;          ///< refuted: a box on which it fails; undecided: the smallest open one
};

/// What came of all its parts.
struct BoxProof {
    std::string claim, statement, argument;
    BoxVerdict verdict = BoxVerdict::undecided;
    std::vector<PartProof> parts;
    long boxes = 0;
    double seconds = 0;
};

/// A theorem that Coq has checked and that settles a claim over its whole domain (proofs/README.md).
struct FormalProof {
    std::string claim, theorem;  ///< "cor2.monotone", "Statements.cor2_monotone"
    bool refutes = false;        ///< it is the claim's negation
    std::string statement;       ///< as Coq prints it
};

/// Adds what was proved over boxes to the claims concerned. Where a proof contradicts the cases, the verdict
/// becomes inconclusive, and the message says so.
/// @param whole_domain  the cases were many; on a single one, what is false elsewhere may hold
void add_proofs(TrialResult& result, const std::vector<BoxProof>& proofs, bool whole_domain);

/// Adds the theorems that Coq has checked to the claims concerned. Where one contradicts the cases, the
/// verdict becomes inconclusive, and the message says so. @param whole_domain  as above
void add_formal_proofs(TrialResult& result, const std::vector<FormalProof>& proofs, bool whole_domain);

/// Holds the verdict that the cases came to against the proofs that a claim has already: what both of the
/// above do. @param whole_domain  as above
void weigh_proofs(ClaimResult& claim, bool whole_domain);

}  // namespace ncverify::trial
