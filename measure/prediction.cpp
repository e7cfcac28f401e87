#include "measure/prediction.hpp"

#include <fmt/format.h>

#include "problem/errors.hpp"

namespace ncverify::measure {

namespace {

constexpr double largest_output_bytes = 4e9;

}  // namespace

void require_matrices_fit(const Measurement& measured, long digits) {
    const auto classes = static_cast<double>(measured.configuration.classes());
    if (classes * classes * (5 * 80 + 2 * (static_cast<double>(digits) + 60)) > largest_output_bytes) {
        throw InputError(fmt::format("the K x K matrices of {} classes do not fit in memory", classes),
                         "measure", "--summary, which leaves them out");
    }
}

std::optional<theory::PrintedForm> predicted_form(const Measurement& measured, long digits, bool matrices,
                                                  std::vector<std::string>& notes) {
    if (!measured.has_decays) {
        return std::nullopt;
    }
    theory::PrintedForm form = theory::printed_form(measured.configuration, digits, matrices);
    if (!form.undecided.empty()) {
        notes.push_back(
            fmt::format("the rounding of {} could not be decided with {} digits; another --digits will",
                        form.undecided, form.working_digits));
        return std::nullopt;
    }
    return form;
}

}  // namespace ncverify::measure
