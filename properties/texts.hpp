// Files of the repository that are built into the program.
#pragma once

#include <string>

namespace ncverify::properties {

std::string examples_text();        ///< of properties/examples.txt: cases kept from earlier runs
std::string expected_text();        ///< of reports/expected.json: the verdicts on record
std::string open_questions_text();  ///< of properties/open_questions.md: what the paper leaves open
std::string comparisons_text();     ///< of properties/comparisons.json: what each claim's check compares
std::string
formal_claims_text();  ///< of proofs/claims.txt: "identifier proves|refutes Module.theorem", line by line
std::string formal_statements_text();  ///< of proofs/statements.txt: what Coq prints for each of these

}  // namespace ncverify::properties
