#include "library/prediction.hpp"

#include <nlohmann/json.hpp>

#include "measure/measurement_json.hpp"
#include "measure/notes.hpp"
#include "measure/prediction.hpp"
#include "problem/errors.hpp"
#include "theory/printed_json.hpp"

namespace ncverify::library {

void require_decays(const measure::Training& training, const std::string& where_w,
                    const std::string& where_h) {
    for (const auto& [text, where] :
         {std::pair(training.lambda_w, where_w), std::pair(training.lambda_h, where_h)}) {
        if (!text.empty()) {
            parse_lambda(text, where);
        }
    }
}

Predicted predicted(measure::Measurement measured, long digits, bool matrices) {
    if (matrices) {
        measure::require_matrices_fit(measured, digits);
    }
    Predicted network{.measured = std::move(measured), .notes = {}, .form = {}};
    network.notes = measure::notes_on(network.measured);
    network.form = measure::predicted_form(network.measured, digits, matrices, network.notes);
    return network;
}

Json theory_json(const Predicted& network, long digits, bool matrices) {
    return network.form ? theory::to_json(network.measured.configuration, *network.form, digits, !matrices)
                        : Json(nullptr);
}

std::string json_text(const Predicted& network, long digits, bool matrices) {
    return measure::to_json(network.measured, theory_json(network, digits, matrices), network.notes,
                            {.matrices = matrices, .timing = true})
        .dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace ncverify::library
