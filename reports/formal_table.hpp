// proofs/claims.txt, built into the program.
#pragma once

#include <string>

namespace ncverify::reports {

/// Its text: a line for each claim, "identifier proves|refutes Module.theorem".
std::string formal_table();

}  // namespace ncverify::reports
