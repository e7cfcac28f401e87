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

namespace {

// To 64 bits by rounding to odd, after which rounding once more to double or float, subnormal ones too, is as
// rounding once (Boldo and Melquiond, "When double rounding is odd", 2005). mpq_get_d only truncates.
template <typename Float>
Float nearest(const Rational& value, Float (*round)(mpfr_srcptr, mpfr_rnd_t)) {
    constexpr mpfr_prec_t bits = 64;
    mpfr_t odd;
    mpfr_init2(odd, bits);
    const int inexact = mpfr_set_q(odd, value.backend().data(), MPFR_RNDZ);
    if (inexact != 0 && mpfr_min_prec(odd) < bits) {
        inexact < 0 ? mpfr_nextabove(odd) : mpfr_nextbelow(odd);
    }
    const Float result = round(odd, MPFR_RNDN);
    mpfr_clear(odd);
    return result;
}

}  // namespace

template <>
double from_rational<double>(const Rational& value) {
    return nearest<double>(value, mpfr_get_d);
}

template <>
float from_rational<float>(const Rational& value) {
    return nearest<float>(value, mpfr_get_flt);
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
