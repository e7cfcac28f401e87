// Configuration: one instance of problem (4) as exact data.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "problem/scalar.hpp"

namespace ncverify {

inline constexpr long long largest_count = 1'000'000'000'000'000'000;
inline constexpr long largest_class_number = 100'000;
inline constexpr long long largest_dimension = 1'000'000'000;

/// One instance of problem (4): counts n_k, lambda_W, lambda_H, feature dimension d. A value: exact,
/// comparable, and printed as the command line that recreates it. Make one with `make_configuration`, which
/// checks it.
struct Configuration {
    std::vector<long long> counts;  ///< n_k, K >= 2 of them, each 1..10^18
    Rational lambda_w;              ///< > 0
    Rational lambda_h;              ///< > 0
    long long dimension = 0;        ///< d >= 1
    std::string lambda_w_text;      ///< as written by the user ("1e-4"), for printing back
    std::string lambda_h_text;

    long classes() const { return static_cast<long>(counts.size()); }  ///< K
    Integer samples() const;                                           ///< N = sum n_k
    /// c^2 = N^2 (K-1)/K lambda_W lambda_H (model.md, Constants).
    Rational c_squared() const;
    /// "--counts 100,100,200x3 --lambda-w 1e-4 --lambda-h 1e-5 --dim 10": exact, parses back to an equal
    /// value.
    std::string command_line() const;

    friend bool operator==(const Configuration& a, const Configuration& b) {
        return a.counts == b.counts && a.lambda_w == b.lambda_w && a.lambda_h == b.lambda_h &&
               a.dimension == b.dimension;
    }
    /// Simplest first: fewer classes, smaller sum of counts, counts, shorter lambdas, dimension. Shrinking
    /// moves downwards in this order.
    friend std::strong_ordering operator<=>(const Configuration& a, const Configuration& b);
};

/// Checks everything and builds a Configuration; `dimension` 0 stands for K. Throws InputError.
Configuration make_configuration(const std::vector<long long>& counts, const std::string& lambda_w,
                                 const std::string& lambda_h, long long dimension = 0);

/// "100,100,200x3" to counts. Throws InputError naming `where`.
std::vector<long long> parse_counts(const std::string& text, const std::string& where);

/// Counts as "100x2,200": runs of equal neighbours folded. Parses back with `parse_counts`.
std::string counts_text(const std::vector<long long>& counts);

/// A positive decimal ("1e-4") or fraction ("1/3000") within 1e-10000..1e10000, read exactly. Throws
/// InputError.
Rational parse_lambda(const std::string& text, const std::string& where);

/// A decimal or fraction of any sign, read exactly; at most `largest_exponent` in absolute value for the
/// power of ten, so that no text can ask for unbounded memory. Throws InputError.
Rational parse_rational(const std::string& text, const std::string& where, long largest_exponent = 10000);

/// The configuration in a JSON document {"counts":[..],"lambda_w":"..","lambda_h":"..","dim":..}; lambdas may
/// be JSON numbers, taken by their decimal text; unknown or repeated keys are errors. `where` names the
/// source.
Configuration parse_configuration(const std::string& json, const std::string& where);

}  // namespace ncverify
