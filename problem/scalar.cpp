#include "problem/scalar.hpp"

#include <cmath>
#include <cstdlib>

namespace ncverify {

long bits_for_digits(long digits) {
    return static_cast<long>(std::ceil(static_cast<double>(digits) * 3.3219280948873627)) + 1;
}

PrecisionScope::PrecisionScope(long digits)
    : former_digits_(Multiprecision::thread_default_precision()), former_bits_(Enclosure::precision()) {
    Multiprecision::thread_default_precision(static_cast<unsigned>(digits));
    Enclosure::set_precision(bits_for_digits(digits));
}

PrecisionScope::~PrecisionScope() {
    Multiprecision::thread_default_precision(former_digits_);
    Enclosure::set_precision(former_bits_);
}

template <>
double from_rational<double>(const Rational& value) {
    // mpq_get_d truncates and does not overflow gracefully; MPFR rounds to nearest over the whole range.
    mpfr_t rounded;
    mpfr_init2(rounded, 53);
    mpfr_set_q(rounded, value.backend().data(), MPFR_RNDN);
    const double result = mpfr_get_d(rounded, MPFR_RNDN);
    mpfr_clear(rounded);
    return result;
}

template <>
float from_rational<float>(const Rational& value) {
    mpfr_t rounded;
    mpfr_init2(rounded, 24);
    mpfr_set_q(rounded, value.backend().data(), MPFR_RNDN);
    const float result = mpfr_get_flt(rounded, MPFR_RNDN);
    mpfr_clear(rounded);
    return result;
}

template <>
Multiprecision from_rational<Multiprecision>(const Rational& value) {
    Multiprecision result;
    mpfr_set_q(result.backend().data(), value.backend().data(), MPFR_RNDN);
    return result;
}

template <>
Enclosure from_rational<Enclosure>(const Rational& value) {
    return Enclosure::from_fraction(value.backend().data());
}

Multiprecision at_working_precision(const Multiprecision& value) {
    Multiprecision result;
    mpfr_set(result.backend().data(), value.backend().data(), MPFR_RNDN);
    return result;
}

Rational exact_rational(const Multiprecision& value) {
    Rational result;
    mpfr_get_q(result.backend().data(), value.backend().data());
    return result;
}

Rational decimal_below(const Multiprecision& value, long digits) {
    mpfr_exp_t exponent = 0;  // of a decimal point before the first digit
    char* text = mpfr_get_str(nullptr, &exponent, 10, static_cast<std::size_t>(digits),
                              value.backend().data(), MPFR_RNDD);
    Integer mantissa, power;
    mpz_set_str(mantissa.backend().data(), text, 10);
    mpfr_free_str(text);
    const long places = digits - exponent;
    mpz_ui_pow_ui(power.backend().data(), 10, static_cast<unsigned long>(std::abs(places)));
    return places > 0 ? Rational(mantissa, power) : Rational(mantissa * power);
}

Rational root_below(const Rational& square, long digits) {
    const PrecisionScope scope(digits);
    Multiprecision root;
    mpfr_set_q(root.backend().data(), square.backend().data(), MPFR_RNDD);
    mpfr_sqrt(root.backend().data(), root.backend().data(), MPFR_RNDD);
    return decimal_below(root, digits);
}

std::string to_string(const Rational& value) {
    return value.str();
}

}  // namespace ncverify
