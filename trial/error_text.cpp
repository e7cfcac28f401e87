#include "trial/error_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace ncverify::trial {

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
    return e == std::string::npos
               ? INFINITY
               : std::log10(std::stod(text.substr(0, e))) + std::stod(text.substr(e + 1)) - 1e-9;
}

}  // namespace ncverify::trial
