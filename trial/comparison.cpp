#include "trial/comparison.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::trial {

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

bool Comparison::begin(const std::string& name) {
    if (subject_->watch.idle()) {
        return false;
    }
    kind_ = comparison_kind(name);
    return subject_->watch.is_wrong(kind_);
}

Observation Comparison::observation() const {
    const auto contradiction = subject_->contradiction();
    if (!contradiction || observation_.outcome == Outcome::refuted) {
        return observation_;
    }
    Observation refuted = observation_;
    refuted.outcome = Outcome::refuted;
    refuted.message = contradiction->message;
    refuted.values = contradiction->values;
    return refuted;
}

void Comparison::refute(const std::string& message, std::vector<NamedValue> values) {
    subject_->watch.failed(kind_);
    if (observation_.outcome != Outcome::refuted) {
        observation_.outcome = Outcome::refuted;
        observation_.message = message;
        observation_.values = std::move(values);
    }
}

void Comparison::pass(double error_log10) {
    if (observation_.outcome == Outcome::not_applicable) {
        observation_.outcome = Outcome::passed;
    }
    observation_.error_log10 = std::max(observation_.error_log10, error_log10);
}

void Comparison::equal(const std::string& name, const Enclosure& found, const Enclosure& claimed,
                       const Enclosure& scale) {
    const Enclosure certified = begin(name) ? off(found) : found;
    const Enclosure difference = (certified - claimed) / scale;
    if (is_finite(difference) && !contains_zero(difference)) {
        refute(name + " is not as claimed", {{name + ", " + where_, certified.text(shown_digits)},
                                             {name + ", claimed", claimed.text(shown_digits)}});
        return;
    }
    const double error = log10_bound(difference);
    if (error > -static_cast<double>(digits_)) {
        undecided(name);
        return;
    }
    pass(error);
}

void Comparison::violated(const std::string& name, const Enclosure& smaller, const Enclosure& larger) {
    refute(name + ": not in the claimed order", {{name + ", smaller side", smaller.text(shown_digits)},
                                                 {name + ", larger side", larger.text(shown_digits)}});
}

void Comparison::note_slack(const Enclosure& margin) {
    if (is_finite(margin)) {
        const double slack = contains_zero(margin) ? 0 : arf_get_d(arb_midref(margin.data()), ARF_RND_NEAR);
        observation_.slack = std::min(observation_.slack.value_or(slack), slack);
    }
}

void Comparison::close(const std::string& name, const Enclosure& found, const Enclosure& claimed,
                       const Enclosure& scale, const Enclosure& allowance) {
    const Enclosure value = begin(name) ? off(found) : found;
    const Enclosure difference = abs(value - claimed) / scale;
    const Enclosure resolved = exp(-Enclosure(digits_) * log(Enclosure(10)));
    if (certainly_at_most(difference, resolved)) {
        pass(log10_bound(difference));
    } else if (certainly_less(resolved + abs(allowance) / scale, difference)) {
        refute(name + " is not as claimed", {{name + ", " + where_, value.text(shown_digits)},
                                             {name + ", claimed", claimed.text(shown_digits)}});
    } else {
        undecided(name);
    }
}

void Comparison::at_most(const std::string& name, const Enclosure& one, const Enclosure& other,
                         const Enclosure& scale) {
    const bool exchanged = begin(name);
    const Enclosure &smaller = exchanged ? other : one, &larger = exchanged ? one : other;
    const Enclosure excess = (smaller - larger) / scale;
    note_slack(-excess);
    if (certainly_positive(excess) && is_finite(excess)) {
        violated(name, smaller, larger);
    } else if (!is_finite(excess)) {
        undecided(name);
    } else if (certainly_at_most(excess, Enclosure(0))) {
        pass(-1e300);
    } else {
        const double error = log10_bound(excess.upper());
        error > -static_cast<double>(digits_) ? undecided(name) : pass(error);
    }
}

void Comparison::below(const std::string& name, const Enclosure& one, const Enclosure& other,
                       const Enclosure& scale) {
    const bool exchanged = begin(name);
    const Enclosure &smaller = exchanged ? other : one, &larger = exchanged ? one : other;
    const Enclosure margin = (larger - smaller) / scale;
    note_slack(margin);
    if (!is_finite(margin)) {
        undecided(name);
    } else if (certainly_positive(margin)) {
        pass(-1e300);
    } else if (certainly_at_most(margin, Enclosure(0))) {
        violated(name, smaller, larger);
    } else {
        undecided(name);
    }
}

void Comparison::within(const std::string& name, const Enclosure& value, const Enclosure& bound) {
    const Enclosure told = begin(name) ? far_off(value) : value;
    if (is_finite(told) && !overlap(told, bound)) {
        refute(name + " is not within its bound",
               {{name + ", " + where_, told.text(shown_digits)},
                {name + ", lower bound", bound.lower().text(shown_digits)},
                {name + ", upper bound", bound.upper().text(shown_digits)}});
    } else if (is_finite(told)) {
        pass(-1e300);
    } else {
        undecided(name);  // a value of which nothing is known lies nowhere
    }
}

void Comparison::exact(const std::string& name, bool holds, const std::string& message) {
    if (holds != begin(name)) {
        pass(-1e300);
    } else {
        refute(message, {{name, message}});
    }
}

void Comparison::undecided(const std::string& name) {
    if (observation_.outcome != Outcome::refuted) {
        observation_.outcome = Outcome::inconclusive;
        observation_.message = name + " could not be decided at this precision";
    }
}

}  // namespace ncverify::trial
