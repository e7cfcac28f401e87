// Worlds in which something is wrong: a case's testimony, taken in full and then changed.
#pragma once

#include <catch2/catch.hpp>

#include "properties/case.hpp"
#include "properties/registry.hpp"

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

/// A claim, and a change of the testimony that it must not overlook.
struct Defect {
    const char* claim;
    void (*spoil)(Testimony&, const Enclosure& off);
};

/// Each claim passes in the sound world and is refuted in the one with its defect.
template <std::size_t size>
void check_refuted(const Case& sound, const Defect (&defects)[size], const Enclosure& off) {
    for (const Defect& defect : defects) {
        INFO(defect.claim);
        const Claim claim = select_claims(defect.claim).at(0);
        CHECK(claim.check(sound).outcome == Outcome::passed);
        const Case spoilt = with_testimony(sound, [&](Testimony& t) { defect.spoil(t, off); });
        CHECK(claim.check(spoilt).outcome == Outcome::refuted);
    }
}

}  // namespace ncverify::properties
