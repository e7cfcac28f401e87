#include "ncverify/theory.hpp"

#include <nlohmann/json.hpp>

#include "library/checked.hpp"
#include "problem/limits.hpp"
#include "theory/closed_form.hpp"
#include "theory/printed.hpp"
#include "theory/printed_json.hpp"

namespace ncverify::api {

Theory theory(const Configuration& configuration, const TheoryOptions& options) {
    const ncverify::Configuration problem = library::checked(configuration);
    library::checked(options.digits, "digits", 1, largest_digits);
    theory::require_printable(problem, options.digits, options.matrices);
    return {.configuration = library::as_given(problem),
            .digits = options.digits,
            .matrices = options.matrices,
            .attained = theory::attained(problem),
            .form = theory::printed_form(problem, options.digits, options.matrices)};
}

std::string to_json(const Theory& theory) {
    return ncverify::theory::to_json(library::checked(theory.configuration), theory.form, theory.digits,
                                     !theory.matrices)
        .dump(2);
}

}  // namespace ncverify::api
