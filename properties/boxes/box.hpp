// Proofs over boxes: branch and bound in interval arithmetic.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "problem/scalar.hpp"
#include "trial/proofs.hpp"

namespace ncverify::properties {

using trial::BoxProof;
using trial::BoxVerdict;
using trial::PartProof;

/// A closed interval with exact ends.
struct Interval {
    Enclosure low, high;
    Enclosure hull() const { return Enclosure::hull(low, high); }  ///< a ball around it, slightly wider
};

/// [low, high], rounded outwards to the working precision.
Interval interval(const Rational& low, const Rational& high);

using Box = std::vector<Interval>;

/// What is known of a statement on a box.
enum class Decision {
    holds,   ///< true at every point of the box
    fails,   ///< false at every point of the box
    unknown  ///< split it
};

/// Whether a quantity is positive that is known to lie between two bounds (which may be infinite or not a
/// number: then they say nothing).
Decision positive(const Enclosure& low, const Enclosure& high);
inline Decision positive(const Enclosure& value) {
    return positive(value, value);
}

/// One box to prove a statement on.
struct BoxPart {
    std::string domain;                   ///< in words and numbers
    std::vector<std::string> parameters;  ///< their names, one per side
    Box box;
    std::function<Decision(const Box&)> decide;
};

/// What is to be proved of a claim. The parts together are the proof; `algebra` is the exact part of it.
struct BoxStatement {
    std::string claim;
    std::string statement;  ///< what the boxes prove or refute
    std::string argument;   ///< why that is the claim, and what is used
    std::vector<BoxPart> parts;
    /// Identities on which the argument rests, checked in rationals; nothing where there are none.
    std::function<bool()> algebra = nullptr;
};

/// Splits each part along its widest side until every box is decided, or `most_boxes` were looked at for the
/// part. `proved`: it holds at every point of every part, and the algebra is right. `refuted`: there is a box
/// at every point of which it fails.
BoxProof prove(const BoxStatement& statement, long most_boxes);

}  // namespace ncverify::properties
