// The claims that the screen looks at, by their identifiers in the registry.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "screen/closed_form.hpp"
#include "screen/measured.hpp"

namespace ncverify::screen {

/// Twice what first-order theory says of a deviation from the minimum: room for the second order.
inline constexpr double safety = 2;

/// What a claim looks at.
struct Subject {
    const Sample& sample;
    const Measured& found;
    const DoubleForm& form;
};

/// What became of one claim on one case: the largest deviation in units of the quantity's natural scale, and
/// the largest in units of its own tolerance (README.md).
class Reading {
  public:
    /// `measured` should equal `claimed`, both within `tolerance` of what they stand for.
    void equal(double measured, double claimed, double scale, double tolerance) {
        applies_ = true;
        const double off = std::abs(measured - claimed);
        // Nearly always it is no larger an error than one before, and within its tolerance. Both are seen
        // without a division; `sure` leaves far more room than the rounding of these products and quotients.
        if (!(scale > 0 && off <= sure * (error_ * scale))) {
            note_error(off / scale);
        }
        if (!(off < sure * (safety * tolerance + rounding * scale))) {
            look_closely(off / scale, safety * tolerance / scale + rounding);
        }
    }
    void zero(double measured, double scale, double tolerance) { equal(measured, 0, scale, tolerance); }
    /// `smaller` <= `larger`.
    void at_most(double smaller, double larger, double scale, double tolerance) {
        equal(smaller > larger ? smaller - larger : 0, 0, scale, tolerance);
    }
    /// The point is too inaccurate to say anything.
    void unresolved() { unresolved_ = true; }

    bool applies() const { return applies_; }
    bool is_unresolved() const { return unresolved_; }
    double error() const { return error_; }
    bool suspect() const { return suspect_; }

    /// What double precision itself adds to a tolerance.
    static constexpr double rounding = 1e-11;

  private:
    static constexpr double sure = 1 - 1e-12;
    void note_error(double error) {
        // Not a number is as wrong as can be.
        error_ = error <= 1e300 ? std::max(error_, error) : 1e300;
    }
    void look_closely(double error, double allowed) { suspect_ = suspect_ || !(error / allowed <= 1); }

    bool applies_ = false, unresolved_ = false, suspect_ = false;
    double error_ = 0;
};

/// One claim as the screen evaluates it.
struct ScreenClaim {
    std::string id;  ///< as in the registry, which judges suspects
    void (*check)(const Subject& subject, Reading& reading);
};

/// Theorem 1, Proposition 1, Corollaries 1 to 4; or what is said of weighted classes.
const std::vector<ScreenClaim>& screen_claims(bool weighted = false);
/// The misreadings, of the paper or of class weights: wrong formulas that the screen must notice.
const std::vector<ScreenClaim>& screen_misreadings(bool weighted = false);
/// Whether an identifier is that of one of them.
bool is_misreading(const std::string& id);
/// Those that match comma-separated patterns ("misread.eq9", "misread.*"); none for none. Throws InputError
/// naming `where` for patterns that match no misreading of such cases.
std::vector<ScreenClaim> select_misreadings(const std::string& patterns, const std::string& where,
                                            bool weighted = false);

/// How far ||u_k||^2, a logit of class k, w_k and w_k . w_j may be off, in the paper's units.
double feature_tolerance(const Subject& subject, std::size_t k, std::size_t j);
double logit_tolerance(const Subject& subject, std::size_t k);
double classifier_tolerance(const Subject& subject, std::size_t k, std::size_t j);
double cosine_tolerance(const Subject& subject, std::size_t k, std::size_t j);
/// Natural scales: ||h_k|| ||h_j|| and ||w||^2 for margins of one, or those found where they are more.
double feature_unit(const Subject& subject, std::size_t k, std::size_t j);
double classifier_unit(const Subject& subject);
bool balanced(const Subject& subject);
bool all_collapsed(const Subject& subject);

/// Classes in a row, without memory of their own: a case's claims ask for some again and again.
class ClassList {
  public:
    void push_back(std::size_t k) { classes_[size_++] = static_cast<std::uint8_t>(k); }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    std::size_t operator[](std::size_t i) const { return classes_[i]; }
    const std::uint8_t* begin() const { return classes_; }
    const std::uint8_t* end() const { return classes_ + size_; }

  private:
    std::uint8_t classes_[largest_classes];
    std::size_t size_ = 0;
};

/// The two counts of a configuration that has exactly two: the classes of each.
struct TwoGroups {
    ClassList major, minor;
};
/// Empty groups where there are not exactly two counts.
TwoGroups two_groups(const Subject& subject);

}  // namespace ncverify::screen
