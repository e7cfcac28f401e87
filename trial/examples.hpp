// Examples: cases kept from earlier runs, counterexamples and hard ones, and tried first in later ones.
#pragma once

#include <string>
#include <vector>

#include "trial/paper.hpp"
#include "trial/result.hpp"

namespace ncverify::trial {

/// One kept case: a replay token, of the claim that it was kept for.
struct Example {
    std::string claim;
    CaseKey key;
};

/// Parses a file of examples: one replay token to a line; `#` starts a comment, empty lines are passed over.
/// Throws InputError naming `where` and the line.
std::vector<Example> parse_examples(const Paper& paper, const std::string& text, const std::string& where);

/// The paper's own, Paper::examples.
std::vector<Example> kept_examples(const Paper& paper);

/// `known` and what this trial adds: the counterexample of each refuted claim, and of every other claim its
/// hardest case (largest error). One example a claim: as the old ones were tried too, a newer one is at least
/// as hard or as small. As the text of a file that `parse_examples` reads, in the registry's order.
std::string examples_text(const Paper& paper, const std::vector<Example>& known,
                          const std::vector<ClaimResult>& results);

}  // namespace ncverify::trial
