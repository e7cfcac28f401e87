// Statistics: what the base plan's cases say of all configurations that its generator can draw, and no more.
#pragma once

#include <string>
#include <vector>

#include "campaign/standing.hpp"
#include "files/json.hpp"

namespace ncverify::campaign {

inline constexpr double confidence = 0.95;

/// The exact one-sided bound of Clopper and Pearson (Biometrika 26, 1934): the largest share p for which so
/// few failures in n independent draws still have a probability of 1 - confidence. Of no failure it is
/// 1 - (1 - confidence)^(1/n), about 3/n. @returns 1 for no draws
double upper_bound(long failures, long draws);

/// What the base plan says of one claim.
struct ShareBound {
    std::string claim;
    long cases = 0;      ///< random ones that it applied to
    long failed = 0;     ///< refuted
    long undecided = 0;  ///< counted as failures in the bound: no more is known of them
    double bound = 1;    ///< on the share of configurations that could fail, of those that it applies to
};
/// One for each claim but those of existence, which no share of failures is about.
std::vector<ShareBound> share_bounds(const Plan& plan, const Standing& standing);

/// campaign.json: settings, parts, and these statements with what they rest on. A function of the file's
/// contents that knows no clock.
Json statistics_json(const Plan& plan, const Standing& standing);

/// In words, of all claims together: the one with the fewest cases bounds them all.
std::string statistics_text(const Plan& plan, const Standing& standing);

}  // namespace ncverify::campaign
