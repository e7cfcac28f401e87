#include "problem/enclosure.hpp"

#include <flint/fmpq.h>

#include <limits>

namespace ncverify {

namespace {
thread_local long working_bits = 128;
}

long Enclosure::precision() {
    return working_bits;
}
void Enclosure::set_precision(long bits) {
    working_bits = bits;
}

Enclosure Enclosure::from_fraction(mpq_srcptr value) {
    Enclosure result;
    fmpq_t fraction;
    fmpq_init(fraction);
    fmpq_set_mpq(fraction, value);
    arb_set_fmpq(result.ball_, fraction, precision());
    fmpq_clear(fraction);
    return result;
}

Enclosure Enclosure::hull(const Enclosure& a, const Enclosure& b) {
    Enclosure result;
    arb_union(result.ball_, a.ball_, b.ball_, precision());
    return result;
}

Enclosure Enclosure::lower() const {
    Enclosure result;
    arf_t end;
    arf_init(end);
    arb_get_lbound_arf(end, ball_, precision());
    arb_set_arf(result.ball_, end);
    arf_clear(end);
    return result;
}

Enclosure Enclosure::upper() const {
    Enclosure result;
    arf_t end;
    arf_init(end);
    arb_get_ubound_arf(end, ball_, precision());
    arb_set_arf(result.ball_, end);
    arf_clear(end);
    return result;
}

Enclosure Enclosure::midpoint() const {
    Enclosure result;
    arb_get_mid_arb(result.ball_, ball_);
    return result;
}

Enclosure Enclosure::radius() const {
    Enclosure result;
    arb_get_rad_arb(result.ball_, ball_);
    return result;
}

double Enclosure::magnitude() const {
    arf_t bound;
    arf_init(bound);
    mag_t size;
    mag_init(size);
    arb_get_mag(size, ball_);
    arf_set_mag(bound, size);
    const double result =
        arf_is_finite(bound) ? arf_get_d(bound, ARF_RND_UP) : std::numeric_limits<double>::infinity();
    mag_clear(size);
    arf_clear(bound);
    return result;
}

std::string Enclosure::text(long digits) const {
    char* raw = arb_get_str(ball_, digits, ARB_STR_NO_RADIUS | ARB_STR_MORE);
    std::string result(raw);
    flint_free(raw);
    return result;
}

}  // namespace ncverify
