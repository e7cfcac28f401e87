// Configuration: one instance of problem (4) as exact data.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "problem/class_weight.hpp"
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
    /// omega_k, K of them where some is not 1; empty where all are, which is the paper's problem.
    std::vector<ClassWeight> weights = {};

    long classes() const { return static_cast<long>(counts.size()); }  ///< K
    Integer samples() const;                                           ///< N = sum n_k
    bool weighted() const { return !weights.empty(); }                 ///< some omega_k is not 1
    /// omega_k^2 n_k, exact: what stands in the theorem where the paper's has n_k beside c^2 and T.
    Rational weighted_count(std::size_t k) const;
    /// c^2 = N^2 (K-1)/K lambda_W lambda_H (docs/model.md, Constants).
    Rational c_squared() const;
    /// T = N^2 K/(K-1) lambda_W lambda_H: at zero features and in an unused coordinate the loss of class k
    /// curves downwards where omega_k^2 n_k > T, upwards where it is below T. The solver and the checker ask
    /// this before they leave a class at zero; the theorem's T, of Corollary 4, is theory/'s own, as are the
    /// screen's and the proofs'.
    Rational threshold() const;
    /// "--counts 100,100,200x3 --lambda-w 1e-4 --lambda-h 1e-5 --dim 10":
    /// exact, parses back to an equal value.
    std::string command_line() const;

    friend bool operator==(const Configuration& a, const Configuration& b) {
        return a.counts == b.counts && a.lambda_w == b.lambda_w && a.lambda_h == b.lambda_h &&
               a.dimension == b.dimension && a.weights == b.weights;
    }
    /// Simplest first: fewer classes, all weights 1, smaller sum of counts, counts, shorter lambdas,
    /// dimension, shorter weights. Shrinking moves downwards in this order.
    friend std::strong_ordering operator<=>(const Configuration& a, const Configuration& b);
};

/// Checks everything and builds a Configuration; `dimension` 0 stands for K. Throws InputError.
Configuration make_configuration(const std::vector<long long>& counts, const std::string& lambda_w,
                                 const std::string& lambda_h, long long dimension = 0);

/// Gives the configuration these weights, K of them; all 1 is none. Throws InputError naming `where`.
Configuration with_weights(Configuration configuration, const std::vector<ClassWeight>& weights,
                           const std::string& where = "weights");

/// "1,1/2,0.25x3,sqrt1/7", K of them, or a rule: `balanced` and `inverse` are N/(K n_k), `inverse-sqrt` is
/// sqrt(N/(K n_k)). Throws InputError naming `where`.
std::vector<ClassWeight> parse_weights(const std::string& text, const Configuration& configuration,
                                       const std::string& where);

/// The same of texts, K of them, or one rule, or none for all 1.
Configuration with_weights(const Configuration& configuration, const std::vector<std::string>& texts,
                           const std::string& where = "weights");
std::vector<std::string> weight_texts(const std::vector<ClassWeight>& weights);

/// Weights as "1x2,1/2": runs of equal neighbours folded. Parses back with `parse_weights`.
std::string weights_text(const std::vector<ClassWeight>& weights);

/// One count, "100". Throws InputError naming `where`.
long long parse_count(const std::string& text, const std::string& where);

/// "100,100,200x3" to counts. Throws InputError naming `where`.
std::vector<long long> parse_counts(const std::string& text, const std::string& where);

/// Counts as "100x2,200": runs of equal neighbours folded. Parses back with `parse_counts`.
std::string counts_text(const std::vector<long long>& counts);

inline constexpr const char* lambda_expected =
    "a decimal or fraction such as 1e-4 or 1/3000, between 1e-10000 and 1e10000";

/// A positive decimal ("1e-4") or fraction ("1/3000")
/// within 1e-10000..1e10000, read exactly. Throws InputError.
Rational parse_lambda(const std::string& text, const std::string& where);

/// A decimal or fraction of any sign, read exactly; at most `largest_exponent` in absolute value for the
/// power of ten, so that no text can ask for unbounded memory. Throws InputError.
Rational parse_rational(const std::string& text, const std::string& where, long largest_exponent = 10000);

}  // namespace ncverify
