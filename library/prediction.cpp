#include "library/prediction.hpp"

#include <nlohmann/json.hpp>

#include "measure/measurement_json.hpp"
#include "measure/notes.hpp"
#include "measure/prediction.hpp"
#include "problem/errors.hpp"
#include "theory/printed_json.hpp"

namespace ncverify::library {

std::optional<measure::Decays> decays_of(const std::string& lambda_w, const std::string& lambda_h,
                                         const std::string& where_w, const std::string& where_h,
                                         const std::vector<std::string>& weights,
                                         const std::string& where_weights) {
    if (lambda_w.empty() && lambda_h.empty()) {
        if (!weights.empty()) {
            throw InputError("given without the decays", where_weights,
                             "both " + where_w + " and " + where_h + " too");
        }
        return std::nullopt;
    }
    if (lambda_w.empty() || lambda_h.empty()) {
        throw InputError("only one of the two decays", lambda_w.empty() ? where_h : where_w,
                         "both " + where_w + " and " + where_h + ", or neither");
    }
    parse_lambda(lambda_w, where_w);
    parse_lambda(lambda_h, where_h);
    return measure::Decays{lambda_w, lambda_h, weights};
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
