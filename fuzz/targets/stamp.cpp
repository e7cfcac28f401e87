// The stamp of the proofs' own tests.
#include "fuzz/promises.hpp"
#include "properties/paper.hpp"
#include "reports/formal_proofs.hpp"

namespace ncverify::fuzz {

void try_input(const std::string& input) {
    const trial::Paper& paper = properties::paper();
    const auto proofs =
        accepted([&] { return reports::granted_proofs(paper, input, "sources", "--proofs"); });
    require(!proofs || proofs->size() <= paper.formal_claims.size(), "a stamp grants what the table names");
}

}  // namespace ncverify::fuzz
