#include "ncverify/weights.hpp"

#include <nlohmann/json.hpp>

#include "library/checked.hpp"
#include "problem/errors.hpp"
#include "problem/limits.hpp"
#include "theory/printed_json.hpp"
#include "theory/weight_design.hpp"

namespace ncverify::api {

WeightDesign weights_for_margins(const Configuration& configuration, const std::vector<std::string>& margins,
                                 const TheoryOptions& options) {
    const ncverify::Configuration problem = library::checked(configuration);
    if (problem.weighted()) {
        throw InputError("given together with margins", "weights", "one or the other");
    }
    library::checked(options.digits, "digits", 1, largest_digits);
    std::vector<Rational> asked;
    for (const std::string& margin : margins) {
        asked.push_back(parse_rational(margin, "margins"));
    }
    if (asked.size() == 1) {
        asked.assign(problem.counts.size(), Rational(asked.front()));
    }
    WeightDesign design;
    design.weights = weight_texts(theory::weights_for_margins(problem, asked, options.digits, "margins"));
    Configuration weighted = library::as_given(problem);
    weighted.weights = design.weights;
    design.theory = theory(weighted, options);
    return design;
}

std::string to_json(const WeightDesign& design) {
    const Json theory =
        ncverify::theory::to_json(library::checked(design.theory.configuration), design.theory.form,
                                  design.theory.digits, !design.theory.matrices);
    Json json;
    json["config"] = theory["config"];
    json["digits"] = theory["digits"];
    json["weights"] = design.weights;
    for (const auto& [key, value] : theory.items()) {
        if (!json.contains(key)) {
            json[key] = value;
        }
    }
    return json.dump(2);
}

}  // namespace ncverify::api
