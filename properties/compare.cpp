#include "properties/compare.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::properties {

namespace {
constexpr long shown_digits = 25;
}

double log10_bound(const Enclosure& value) {
    mag_t bound;
    mag_init(bound);
    arb_get_mag(bound, value.data());
    double result = -1e300;
    if (mag_is_inf(bound)) {
        result = 1e300;
    } else if (!mag_is_zero(bound)) {
        // Above double's range too: mantissa and exponent apart.
        arf_t exact;
        arf_init_set_mag_shallow(exact, bound);
        fmpz_t exponent;
        fmpz_init(exponent);
        arf_t mantissa;
        arf_init(mantissa);
        arf_frexp(mantissa, exponent, exact);
        result = std::log10(arf_get_d(mantissa, ARF_RND_UP)) + fmpz_get_d(exponent) * 0.30102999566398120;
        arf_clear(mantissa);
        fmpz_clear(exponent);
    }
    mag_clear(bound);
    return result;
}

Enclosure at_least_one(const Enclosure& value) {
    return certainly_less(Enclosure(1), value) ? value : Enclosure(1);
}

void Comparison::equal(const std::string& name, const Enclosure& certified, const Enclosure& claimed,
                       const Enclosure& scale) {
    const Enclosure difference = (certified - claimed) / scale;
    if (is_finite(difference) && !contains_zero(difference)) {
        if (observation_.outcome != Outcome::refuted) {
            observation_.outcome = Outcome::refuted;
            observation_.message = name + " is not as claimed";
            observation_.values = {{name + ", at every global minimiser", certified.text(shown_digits)},
                                   {name + ", claimed", claimed.text(shown_digits)}};
        }
        return;
    }
    const double error = log10_bound(difference);
    if (error > -static_cast<double>(digits_)) {
        undecided(name);
        return;
    }
    if (observation_.outcome == Outcome::not_applicable) {
        observation_.outcome = Outcome::passed;
    }
    observation_.error_log10 = std::max(observation_.error_log10, error);
}

void Comparison::ordered(const std::string& name, const Enclosure& smaller, const Enclosure& larger,
                         const Enclosure& scale, bool strict) {
    const Enclosure margin = (larger - smaller) / scale;
    const bool holds = strict ? certainly_less(smaller, larger) : certainly_at_most(smaller, larger);
    const bool fails = strict ? certainly_at_most(larger, smaller) : certainly_less(larger, smaller);
    if (!holds && !fails) {
        undecided(name);
        return;
    }
    const double slack = arf_get_d(arb_midref(margin.data()), ARF_RND_NEAR);
    observation_.slack = observation_.slack ? std::min(*observation_.slack, slack) : slack;
    if (fails && observation_.outcome != Outcome::refuted) {
        observation_.outcome = Outcome::refuted;
        observation_.message = name + " is not as claimed";
        observation_.values = {{name + ", claimed smaller", smaller.text(shown_digits)},
                               {name + ", claimed larger", larger.text(shown_digits)}};
    } else if (holds && observation_.outcome == Outcome::not_applicable) {
        observation_.outcome = Outcome::passed;
    }
}

void Comparison::at_most(const std::string& name, const Enclosure& smaller, const Enclosure& larger,
                         const Enclosure& scale) {
    ordered(name, smaller, larger, scale, false);
}

void Comparison::less(const std::string& name, const Enclosure& smaller, const Enclosure& larger,
                      const Enclosure& scale) {
    ordered(name, smaller, larger, scale, true);
}

void Comparison::exact(const std::string& name, bool holds, const std::string& message) {
    if (!holds && observation_.outcome != Outcome::refuted) {
        observation_.outcome = Outcome::refuted;
        observation_.message = message;
        observation_.values = {{name, message}};
    } else if (observation_.outcome == Outcome::not_applicable) {
        observation_.outcome = Outcome::passed;
    }
}

void Comparison::undecided(const std::string& name) {
    if (observation_.outcome != Outcome::refuted) {
        observation_.outcome = Outcome::inconclusive;
        observation_.message = name + " could not be decided at this precision";
    }
}

}  // namespace ncverify::properties
