// Picture: the paper's Figure 3 for the model, H^T H and W H, solver beside theorem.
#include <nlohmann/json.hpp>

#include "reports/pictures/minimum.hpp"
#include "reports/pictures/numbers.hpp"
#include "reports/pictures/parts.hpp"
#include "reports/pictures/theorem.hpp"
#include "trial/error_text.hpp"

namespace ncverify::reports {

nlohmann::ordered_json matrices_picture(const Configuration& configuration, std::uint64_t seed) {
    constexpr long digits = 50;
    const PrecisionScope scope(2 * digits + 60);
    const theory::ClosedForm form = theory::closed_form(configuration);
    const Minimum found = minimum(configuration, digits, seed);
    if (found.digits == 0) {
        return nullptr;
    }
    const auto pair = [](const Matrix<Enclosure>& solver, const Matrix<Enclosure>& theorem) {
        return nlohmann::ordered_json{{"solver", decimals(solver)},
                                      {"theorem", decimals(theorem)},
                                      {"disagreement", trial::error_text(disagreement(solver, theorem))}};
    };
    return {{"config", configuration.command_line()},
            {"counts", configuration.counts},
            {"certified", found.certified},
            {"feature_gram", pair(found.feature_gram, feature_gram(form))},
            {"logits", pair(found.logits, logits(form))}};
}

}  // namespace ncverify::reports
