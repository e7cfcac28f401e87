// The theorems of proofs/ that settle claims, granted by the stamp of the proofs' own tests. The stamp is
// written by proofs/check.py, in another language and without this program, and read here alone.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "trial/paper.hpp"

namespace ncverify::reports {

/// The sources of proofs/ that this program was configured with, as proofs/check.py identifies them.
std::string proof_sources();

/// The theorems of Paper::formal_claims that `stamp`, the text of a stamp, covers, with the statements that
/// Paper::formal_statements has for them. None where it is about other sources than `sources`; throws
/// InputError naming `where` for what is no stamp, and for one that says something else of a statement.
std::vector<trial::FormalProof> granted_proofs(const trial::Paper& paper, const std::string& stamp,
                                               const std::string& sources, const std::string& where);

/// Where `ctest -L proofs` of this program's own build leaves its stamp: in proofs/ beside the folder that
/// the program stands in. Empty where that cannot be told.
std::filesystem::path default_stamp();

/// What the stamp at `path` grants for the sources at hand; none where there is no such file.
std::vector<trial::FormalProof> read_formal_proofs(const trial::Paper& paper,
                                                   const std::filesystem::path& path);

}  // namespace ncverify::reports
