#include "proofs/writer/coq_classes.hpp"

#include <fmt/format.h>

#include "proofs/writer/coq_text.hpp"

namespace ncverify::proofs {

std::vector<Classes> distinct_classes(const Configuration& configuration, const theory::PrintedForm& form) {
    const CoqWeights weights = coq_weights(configuration);
    std::vector<Classes> classes(form.groups.size());
    for (std::size_t k = 0; k < form.group.size(); ++k) {
        const long long count = configuration.counts[k];
        const std::string text = std::to_string(count);
        if (!configuration.weighted()) {
            classes[form.group[k]] = {.count = count, .name = text, .number = text, .omega = "", .note = ""};
            continue;
        }
        const std::string numerator = weights.numerators[k].str();
        classes[form.group[k]] = {.count = count,
                                  .name = fmt::format("{}_{}", text, numerator),
                                  .number = fmt::format("({}, {})%Z", text, numerator),
                                  .omega = fmt::format("sqrt ({} / {})", numerator, weights.unit.str()),
                                  .note = ", weight " + configuration.weights[k].text};
    }
    return classes;
}

}  // namespace ncverify::proofs
