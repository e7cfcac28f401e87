#include "measure/number_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "theory/rounding.hpp"

namespace ncverify::measure {

std::optional<std::string> number_text(double value) {
    return std::isfinite(value) ? std::optional(fmt::format("{}", value)) : std::nullopt;
}

std::optional<std::string> number_text(const std::optional<double>& value) {
    return value ? number_text(*value) : std::nullopt;
}

std::string number_text(const Enclosure& value) {
    constexpr long digits = 17;
    return theory::rounded(value, digits).value_or(value.text(digits));
}

}  // namespace ncverify::measure
