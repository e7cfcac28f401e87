// Worlds in which something is wrong: a case's testimony, taken in full and then changed.
#pragma once

#include "properties/case.hpp"

namespace ncverify::properties {

/// `sound` with its closed form and bounds changed by `spoil`.
template <typename Spoil>
Case with_testimony(const Case& sound, const Spoil& spoil) {
    sound.closed_form();
    sound.bounds();
    Testimony altered = sound.testimony();
    spoil(altered);
    return {sound, std::move(altered)};
}

}  // namespace ncverify::properties
