// ErrorTally: how errors of one claim are distributed. Merging is exact, so that no order of work shows.
#pragma once

#include <array>
#include <cstdint>
#include <map>

namespace ncverify::screen {

/// Counts of errors by their size, twenty bins to a decade from 10^-18 to 10^4.
class ErrorTally {
  public:
    static constexpr int bins_per_decade = 20, first_decade = -18, decades = 22;

    /// One with these errors: how many there are in each bin, as `bins` says it, and the largest. Throws
    /// std::out_of_range for a bin that is none.
    static ErrorTally of(const std::map<int, long>& bins, double largest);

    void add(double error);
    void merge(const ErrorTally& other);
    long count() const { return count_; }
    double largest() const { return largest_; }
    /// An error that `share` of all errors do not exceed: the upper end of a bin, 12 % above at most. 0 where
    /// that many are below 10^-18.
    double quantile(double share) const;
    /// Errors of 10^decade up to 10^(decade+1); the first decade also holds all smaller ones, zeros included.
    long in_decade(int decade) const;
    /// By bin, how many errors there are: bin i from 10^(i / bins_per_decade + first_decade) on, -1 below the
    /// first. Bins without any are left out.
    std::map<int, long> bins() const;

  private:
    std::array<long, bins_per_decade * decades> bins_{};
    long count_ = 0, tiny_ = 0;
    double largest_ = 0;
};

}  // namespace ncverify::screen
