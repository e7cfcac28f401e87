#include "measure/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
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

std::string share_text(double part, double rest) {
    constexpr int most_decimals = 6;
    const double whole = part + rest;
    if (!(whole > 0)) {
        return "-";
    }
    if (part == 0 || rest == 0) {
        return part == 0 ? "0 %" : "100 %";
    }
    const double smaller = 100 * std::min(part, rest) / whole;
    if (smaller < 1e-6) {
        return part < rest ? "less than 0.000001 %" : "more than 99.999999 %";
    }
    const int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(smaller))), 0, most_decimals);
    std::string text = fmt::format("{:.{}f}", 100 * part / whole, decimals);
    if (decimals > 0) {
        text.erase(text.find_last_not_of('0') + 1);
        text.erase(text.find_last_not_of('.') + 1);
    }
    return text + " %";
}

std::string share_text(const Enclosure& part, const Enclosure& rest) {
    const Enclosure whole = part + rest;
    if (certainly_negative(part) || certainly_negative(rest) || !certainly_positive(whole)) {
        return "";
    }
    const auto share = [&](const Enclosure& side) {
        return std::max(0.0, arf_get_d(arb_midref((side / whole).data()), ARF_RND_NEAR));
    };
    return share_text(share(part), share(rest));
}

}  // namespace ncverify::measure
