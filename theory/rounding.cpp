#include "theory/rounding.hpp"

namespace ncverify::theory {

namespace {

// 0.mantissa * 10^point, the convention of mpfr_get_str, as text.
std::string decimal_text(bool negative, const std::string& mantissa, long point) {
    std::string text = negative ? "-" : "";
    text += mantissa.substr(0, 1);
    if (mantissa.size() > 1) {
        text += "." + mantissa.substr(1);
    }
    if (point != 1) {
        text += (point > 1 ? "e+" : "e") + std::to_string(point - 1);
    }
    return text;
}

// A dyadic number, rounded to nearest by MPFR.
std::string rounded_end(const arf_t end, long digits) {
    const Multiprecision number = [&] {
        Multiprecision exact;
        mpfr_set_prec(exact.backend().data(),
                      std::max<mpfr_prec_t>(MPFR_PREC_MIN, static_cast<mpfr_prec_t>(arf_bits(end))));
        arf_get_mpfr(exact.backend().data(), end, MPFR_RNDN);
        return exact;
    }();
    mpfr_exp_t point = 0;
    char* raw = mpfr_get_str(nullptr, &point, 10, static_cast<std::size_t>(digits), number.backend().data(),
                             MPFR_RNDN);
    std::string mantissa(raw);
    mpfr_free_str(raw);
    const bool negative = mantissa.front() == '-';
    return decimal_text(negative, negative ? mantissa.substr(1) : mantissa, static_cast<long>(point));
}

}  // namespace

std::optional<std::string> rounded(const Enclosure& value, long digits) {
    if (arb_is_zero(value.data()) != 0) {
        return "0";
    }
    if (!is_finite(value) || contains_zero(value)) {
        return std::nullopt;
    }
    // Rounding is monotone: where both ends round to the same decimal, so does every number between them.
    const std::string low = rounded_end(arb_midref(value.lower().data()), digits);
    if (low != rounded_end(arb_midref(value.upper().data()), digits)) {
        return std::nullopt;
    }
    return low;
}

std::string rounded(const Rational& value, long digits) {
    if (value == 0) {
        return "0";
    }
    const bool negative = value < 0;
    const Integer top = abs(numerator(value)), bottom = denominator(value);
    const auto shifted = [&](long shift) {  // value * 10^shift as a pair of whole numbers
        const Integer power = pow(Integer(10), static_cast<unsigned>(std::abs(shift)));
        return std::pair<Integer, Integer>(shift >= 0 ? Integer(top * power) : top,
                                           shift >= 0 ? bottom : Integer(bottom * power));
    };
    // 10^(point-1) <= value < 10^point; the lengths of both parts leave three candidates.
    const auto length = [](const Integer& x) {
        return static_cast<long>(mpz_sizeinbase(x.backend().data(), 10));
    };
    long point = length(top) - length(bottom) + 2;
    for (auto parts = shifted(1 - point); parts.first < parts.second; parts = shifted(1 - point)) {
        --point;
    }
    const auto [dividend, divisor] = shifted(digits - point);
    Integer whole, rest;
    divide_qr(dividend, divisor, whole, rest);
    const int half = Integer(2 * rest).compare(divisor);
    if (half > 0 || (half == 0 && bit_test(whole, 0))) {
        ++whole;
    }
    std::string mantissa = whole.str();
    if (static_cast<long>(mantissa.size()) > digits) {  // 9.99.. became 10.0..
        mantissa.pop_back();
        ++point;
    }
    return decimal_text(negative, mantissa, point);
}

}  // namespace ncverify::theory
