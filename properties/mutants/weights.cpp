// Class weights taken for something else; nothing of this differs in the paper's own problem.
#include "properties/mutants/wrong_theorem.hpp"

namespace ncverify::properties {

namespace {

// The theorem of the problem with other weights, made of each squared weight.
WrongTheorem with_other_weights(const std::string& name,
                                Rational (*other)(const Configuration&, std::size_t)) {
    return {name, "class weights", [other](const Configuration& configuration) {
                if (!configuration.weighted()) {
                    return theory::closed_form(configuration);
                }
                std::vector<ClassWeight> weights;
                for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
                    weights.push_back(weight_of_square(other(configuration, k)));
                }
                return theory::closed_form(with_weights(configuration, weights));
            }};
}

}  // namespace

std::vector<WrongTheorem> weight_mutants() {
    return {
        with_other_weights("class weights left out",
                           [](const Configuration&, std::size_t) { return Rational(1); }),
        with_other_weights("omega_k^2 for omega_k",
                           [](const Configuration& c, std::size_t k) {
                               return Rational(c.weights[k].squared * c.weights[k].squared);
                           }),
        with_other_weights("omega_1 for every omega_k",
                           [](const Configuration& c, std::size_t) { return c.weights[0].squared; }),
        with_other_weights(
            "1/omega_k for omega_k",
            [](const Configuration& c, std::size_t k) { return Rational(1 / c.weights[k].squared); }),
        with_other_weights("weights off by 2^-40",
                           [](const Configuration& c, std::size_t k) {
                               return Rational(c.weights[k].squared *
                                               (1 + Rational(Integer(1), Integer(1) << 40)));
                           }),
    };
}

}  // namespace ncverify::properties
