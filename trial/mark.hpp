// Mark: what one claim made of one case, as far as it is counted.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "trial/claim.hpp"

namespace ncverify::trial {

/// One case's entry in a claim's counts and distribution; the later kind is the graver one.
struct Mark {
    enum class Kind : std::int8_t {
        untried,       ///< the claim was not tried there, or the case is not finished
        skipped,       ///< outside its domain
        exact,         ///< passed with nothing but exact comparisons and no slack
        tight,         ///< passed: an inequality that held with equality
        digits,        ///< passed: agreed to `value` digits
        decade,        ///< passed: an inequality with floor(log10(slack)) = `value`
        inconclusive,  ///< undecided
        refuted
    };
    Kind kind = Kind::untried;
    std::int32_t value = 0;

    bool passed() const { return Kind::exact <= kind && kind <= Kind::decade; }
    auto operator<=>(const Mark&) const = default;
};

Mark mark_of(const Observation& observation);

/// "-", "s", "x", "t", "d71", "h-31", "i" or "r", in the order of the kinds.
std::string to_string(const Mark& mark);
/// What `to_string` made; throws InputError for another word.
Mark parse_mark(const std::string& word);

}  // namespace ncverify::trial
