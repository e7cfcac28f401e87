#include "trial/error_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "problem/errors.hpp"

namespace ncverify::trial {

namespace {

// Beyond every precision that there is; up to it a hair is more than a double's last digit.
constexpr double largest_exponent = 1e6;

// More than the sum in `parse_error_text` can be rounded by, half a unit of a number below largest_exponent,
// and far less than what lies between two texts, log10(100/99) = 0.004 or more.
constexpr double hair = 8 * largest_exponent * std::numeric_limits<double>::epsilon();

}  // namespace

std::string error_text(double error_log10) {
    if (error_log10 <= exact_log10) {
        return "0";
    }
    if (!std::isfinite(error_log10)) {
        return "inf";
    }
    double exponent = std::floor(error_log10);
    double tenths = std::ceil(10 * std::pow(10.0, error_log10 - exponent));
    if (tenths >= 100) {
        tenths = 10;
        exponent += 1;
    }
    return fmt::format("{:.1f}e{:+.0f}", tenths / 10, exponent);
}

double parse_error_text(const std::string& text) {
    if (text == "0") {
        return -1e300;
    }
    const auto e = text.find('e');
    if (e == std::string::npos) {
        return INFINITY;
    }
    const double exponent = std::stod(text.substr(e + 1));
    if (!(std::abs(exponent) <= largest_exponent)) {
        throw InputError("'" + printable(text) + "' is out of range", "an error bound", "such as 3.1e-51");
    }
    return std::log10(std::stod(text.substr(0, e))) + exponent - hair;
}

}  // namespace ncverify::trial
