// _ncverify: the library's functions for the Python package, texts in, the documents of the command line out.
#include <fmt/format.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <nlohmann/json.hpp>

#include "ncverify/ncverify.hpp"
#include "properties/printed_solution.hpp"
#include "python/native/inputs.hpp"
#include "python/native/measure.hpp"
#include "python/native/work.hpp"
#include "solvers/search.hpp"

namespace py = pybind11;

namespace ncverify::python {

namespace {

py::object exception_named(const char* name) {
    return py::module_::import("ncverify._errors").attr(name);
}

void translate(std::exception_ptr thrown) {
    try {
        if (thrown) {
            std::rethrow_exception(thrown);
        }
    } catch (const InputError& error) {
        const py::object type = exception_named("InputError");
        PyErr_SetObject(type.ptr(), type(error.where, error.problem, error.expected).ptr());
    }
}

void require_decided(const api::Theory& theory) {
    if (!theory.form.undecided.empty()) {
        const py::object type = exception_named("UndecidedError");
        PyErr_SetObject(type.ptr(), py::str(fmt::format("the rounding of {} could not be decided with {} "
                                                        "digits; another number of digits will",
                                                        theory.form.undecided, theory.form.working_digits))
                                        .ptr());
        throw py::error_already_set();
    }
}

std::string theory(const Counts& counts, const std::string& lambda_w, const std::string& lambda_h,
                   long long dim, const Texts& weights, long digits, bool matrices) {
    const api::Theory found = cancellable([&] {
        return api::theory(configuration(counts, lambda_w, lambda_h, dim, weights),
                           {.digits = digits, .matrices = matrices});
    });
    require_decided(found);
    return to_json(found);
}

std::string weights_for(const Counts& counts, const std::string& lambda_w, const std::string& lambda_h,
                        long long dim, const Texts& margins, long digits, bool matrices) {
    const api::WeightDesign found = cancellable([&] {
        return api::weights_for_margins(configuration(counts, lambda_w, lambda_h, dim, {}), margins,
                                        {.digits = digits, .matrices = matrices});
    });
    require_decided(found.theory);
    return to_json(found);
}

// The document, the certificate ("" where there is none) and the point's document ("" where not asked for).
std::tuple<std::string, std::string, std::string> solve(const Counts& counts, const std::string& lambda_w,
                                                        const std::string& lambda_h, long long dim,
                                                        const Texts& weights, long digits, std::uint64_t seed,
                                                        bool samples, const std::string& search, long starts,
                                                        bool matrices, bool point, double gap, double time) {
    api::SolveOptions options{
        .digits = digits,
        .seed = seed,
        .formulation = samples ? api::Formulation::samples : api::Formulation::class_means,
        .starts = starts,
        .matrices = matrices,
        .point = point,
        .gap = gap,
        .seconds = time};
    if (!search.empty()) {
        options.search = solvers::parse_search_method(search, "search");
    }
    return cancellable([&] {
        const api::Solution solution =
            api::solve(configuration(counts, lambda_w, lambda_h, dim, weights), options);
        return std::tuple(to_json(solution), solution.certificate,
                          solution.point ? properties::to_json(*solution.point).dump(1) : std::string());
    });
}

std::string certify(const std::string& certificate, const std::string& where, const Counts& counts,
                    const std::string& lambda_w, const std::string& lambda_h, long long dim,
                    const Texts& weights, long digits, bool classes) {
    api::CertifyOptions options{.classes = classes, .where = where};
    options.digits = digits;
    if (!counts.empty()) {
        options.configuration = configuration(counts, lambda_w, lambda_h, dim, weights);
    }
    return cancellable([&] { return to_json(api::certify(certificate, options)); });
}

std::string verify(const Counts& counts, const std::string& lambda_w, const std::string& lambda_h,
                   long long dim, const Texts& weights, long digits, std::uint64_t seed,
                   const std::string& claims, const std::string& search, int jobs) {
    const api::VerifyOptions options{.digits = digits,
                                     .seed = seed,
                                     .claims = claims,
                                     .search = solvers::parse_search_method(search, "search"),
                                     .jobs = jobs};
    require_pool();
    return cancellable([&] {
        return to_json(api::verify(configuration(counts, lambda_w, lambda_h, dim, weights), options));
    });
}

}  // namespace

PYBIND11_MODULE(_ncverify, module) {
    module.doc() = "The compiled part of ncverify; use the package.";
    module.attr("version") = NCVERIFY_VERSION;
    py::register_exception_translator(&translate);
    module.def("theory", &theory);
    module.def("weights", &weights_for);
    module.def("solve", &solve);
    module.def("certify", &certify);
    module.def("verify", &verify);
    add_measure(module);
}

}  // namespace ncverify::python
