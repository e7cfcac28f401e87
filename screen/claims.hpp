// The claims that the screen looks at, by their identifiers in the registry.
#pragma once

#include <string>
#include <vector>

#include "screen/closed_form.hpp"
#include "screen/measured.hpp"

namespace ncverify::screen {

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
    void equal(double measured, double claimed, double scale, double tolerance);
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
    bool suspect() const { return excess_ > 1; }

  private:
    bool applies_ = false, unresolved_ = false;
    double error_ = 0, excess_ = 0;
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

/// Twice what first-order theory says of a deviation from the minimum: room for the second order.
inline constexpr double safety = 2;

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

/// The two counts of a configuration that has exactly two: the classes of each.
struct TwoGroups {
    std::vector<std::size_t> major, minor;
};
/// Empty groups where there are not exactly two counts.
TwoGroups two_groups(const Subject& subject);

}  // namespace ncverify::screen
