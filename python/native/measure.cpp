#include "python/native/measure.hpp"

#include <pybind11/stl.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "library/checked.hpp"
#include "library/prediction.hpp"
#include "measure/diagnosis.hpp"
#include "measure/trajectory.hpp"
#include "problem/limits.hpp"
#include "python/native/arrays.hpp"
#include "python/native/inputs.hpp"
#include "python/native/work.hpp"
#include "reports/measure_page.hpp"
#include "reports/trajectory_page.hpp"

namespace py = pybind11;

namespace ncverify::python {

namespace {

// A measurement: its document, and the page where somebody asks for it.
struct Measured {
    library::Predicted network;
    long digits = 0;
    bool matrices = true;
    std::string json;

    std::string page() const {
        const bool drawn = matrices && network.measured.classes.size() <= reports::most_measured_classes;
        return reports::measure_page(network.measured,
                                     {.summary = measure::diagnosis(network.measured)[0].headline,
                                      .notes = network.notes,
                                      .theory = library::theory_json(network, digits, drawn),
                                      .matrices = drawn});
    }
};

std::shared_ptr<Measured> measured(const py::object& features, const py::object& labels,
                                   const py::object& classifier, const py::object& bias,
                                   const std::string& lambda_w, const std::string& lambda_h,
                                   const Texts& weights, const Counts& counts,
                                   std::optional<long long> ignored_label, long digits, int jobs,
                                   bool matrices) {
    library::checked(digits, "digits", 1, largest_digits);
    library::checked(jobs, "jobs", 0, largest_jobs);
    const measure::Training training{lambda_w, lambda_h, weights, counts, ignored_label};
    library::require_decays(training, "lambda_w", "lambda_h");
    std::atomic<bool> cancelled{false};
    // Released with the GIL held, when this function ends.
    measure::NetworkArrays arrays{stored_array(features, "features", cancelled),
                                  stored_array(labels, "labels", cancelled),
                                  stored_array(classifier, "classifier", cancelled)};
    if (!bias.is_none()) {
        arrays.bias = stored_array(bias, "bias", cancelled);
    }
    require_pool();
    return cancellable(
        [&] {
            auto result = std::make_shared<Measured>();
            result->digits = digits;
            result->matrices = matrices;
            result->network = library::predicted(measure::measure(arrays, training, library::threads(jobs)),
                                                 digits, matrices);
            result->json = library::json_text(result->network, digits, matrices);
            measure::Measurement& found = result->network.measured;
            for (files::StoredArray* array : {&found.features, &found.labels, &found.classifier}) {
                array->bytes.reset();
            }
            if (found.bias_array) {
                found.bias_array->bytes.reset();
            }
            return result;
        },
        cancelled);
}

// The page of a training's measurements, documents by their epochs.
std::string history_page(const std::string& name,
                         const std::vector<std::pair<long long, std::string>>& records) {
    std::atomic<bool> cancelled{false};
    return cancellable(
        [&] {
            std::vector<measure::NamedMeasurement> measurements;
            measurements.reserve(records.size());
            for (const auto& [epoch, text] : records) {
                measurements.push_back({"epoch " + std::to_string(epoch), epoch, text});
            }
            return reports::trajectory_page({{name, measure::trajectory_of(measurements, "history")}});
        },
        cancelled);
}

}  // namespace

void add_measure(py::module_& module) {
    py::class_<Measured, std::shared_ptr<Measured>>(module, "Measured")
        .def_property_readonly("json", [](const Measured& self) { return self.json; })
        .def("page", [](const Measured& self) {
            std::atomic<bool> cancelled{false};
            return cancellable([&self] { return self.page(); }, cancelled);
        });
    module.def("measure", &measured);
    module.def("history_page", &history_page);
}

}  // namespace ncverify::python
