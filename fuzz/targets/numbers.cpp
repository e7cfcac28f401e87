// Numbers and counts as they stand on a command line.
#include <cmath>
#include <cstdlib>

#include "fuzz/promises.hpp"
#include "problem/configuration.hpp"

namespace ncverify::fuzz {

namespace {

/// Held against the C library's reading, where that has one and double's range is not left.
void require_value(const std::string& text, const Rational& value) {
    const double expected = std::strtod(text.c_str(), nullptr);
    if (text.find('/') == std::string::npos && std::isnormal(expected)) {
        require(std::abs(static_cast<double>(value) / expected - 1) < 1e-14,
                "a decimal is read as it stands");
    }
}

}  // namespace

void try_input(const std::string& input) {
    if (const auto value = accepted([&] { return parse_rational(input, "number", 1000); })) {
        require_value(input, *value);
        require(parse_rational(to_string(*value), "again") == *value, "a number that is written reads back");
    }
    if (const auto value = accepted([&] { return parse_lambda(input, "--lambda-w"); })) {
        require(*value > 0 && parse_lambda(to_string(*value), "again") == *value,
                "a weight decay that is written reads back");
    }
    if (const auto counts = accepted([&] { return parse_counts(input, "--counts"); })) {
        require(parse_counts(counts_text(*counts), "again") == *counts, "counts that are written read back");
    }
}

}  // namespace ncverify::fuzz
