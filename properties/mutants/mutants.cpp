#include "properties/mutants/mutant.hpp"

namespace ncverify::properties {

const std::vector<Mutant>& mutants() {
    static const std::vector<Mutant> all = [] {
        std::vector<Mutant> table;
        for (auto part :
             {product_mutants, constant_mutants, formula_mutants, rare_mutants, equivalent_mutants}) {
            for (Mutant& mutant : part()) {
                table.push_back(std::move(mutant));
            }
        }
        return table;
    }();
    return all;
}

}  // namespace ncverify::properties
