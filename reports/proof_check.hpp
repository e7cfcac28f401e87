// The proofs checked by Coq here and now, from the sources that this program carries. No stamp that lies
// somewhere is believed, and no compiled file.
#pragma once

#include <string>
#include <vector>

namespace ncverify::reports {

/// A file of proofs/ as it was when this program was configured.
struct ProofFile {
    const char* name;
    const char* text;
};
std::vector<ProofFile> proof_files();

/// Compiles them from scratch in a folder of its own, which goes away again, has coqchk check what was
/// compiled, and compares what each theorem states (proofs/check.py, part `fresh`): some minutes.
/// @returns the stamp that it wrote. Throws InputError where Python or Coq is missing, or where Coq does not
/// confirm the proofs.
std::string checked_now();

}  // namespace ncverify::reports
