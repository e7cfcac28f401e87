// Picture: digits agreed against working precision, a straight line or something is wrong.
#include <nlohmann/json.hpp>

#include "reports/pictures/minimum.hpp"
#include "reports/pictures/numbers.hpp"
#include "reports/pictures/parts.hpp"
#include "reports/pictures/theorem.hpp"

namespace ncverify::reports {

nlohmann::ordered_json precision_picture(const Configuration& configuration, std::uint64_t seed) {
    nlohmann::ordered_json points = nlohmann::ordered_json::array();
    for (const long digits : {10, 20, 40, 60, 80, 100, 130, 160, 200, 250, 300}) {
        const PrecisionScope scope(2 * digits + 80);
        const theory::ClosedForm form = theory::closed_form(configuration);
        const Minimum found = minimum(configuration, digits, seed, solvers::SearchMethod::structured);
        if (found.digits == 0) {
            continue;
        }
        const auto one = [](const Enclosure& value) { return Matrix<Enclosure>::Constant(1, 1, value); };
        points.push_back({{"working", found.digits},
                          {"loss", decimal(-disagreement(one(found.loss), one(form.minimum_loss)))},
                          {"features", decimal(-disagreement(found.feature_gram, feature_gram(form)))},
                          {"logits", decimal(-disagreement(found.logits, logits(form)))}});
    }
    return {{"config", configuration.command_line()}, {"points", std::move(points)}};
}

}  // namespace ncverify::reports
