// The decays under which a measured point would be stationary, from the point alone.
#pragma once

#include <optional>
#include <string>

#include "problem/objective.hpp"

namespace ncverify::measure {

/// Where the gradient of the loss vanishes, so do its products with W and with the features: with
/// g = (1/N) sum_i omega_y (z_y - sum_m p_m z_m), z = W h without a bias and p with it, lambda_W = g/||W||^2
/// and lambda_H = g/sum ||h||^2. The first holds for any network whose last layer has been trained to the
/// end, the second where the features were free, as in problem (4): a network's are only as far as it fits
/// them.
struct ImpliedDecays {
    double lambda_w = 0, lambda_h = 0;
    double ratio = 0;            ///< ||W||^2 / sum ||h||^2 = lambda_H / lambda_W, whatever g is
    double residual = 0;         ///< ||dL/dW|| with this lambda_W over the norm of its part without decay
    bool residual_exact = true;  ///< or of a sketch (ColumnSketch)
    bool reliable = false;       ///< the residual is at most `largest_residual`, and the decays are positive
    std::string why;             ///< a sentence on that
};

inline constexpr double largest_residual = 1e-2;

/// Nothing where W or all features are zero.
/// @param g                 as above
/// @param classifier_norm   ||W||
/// @param feature_square    sum_ki ||h_ki||^2
/// @param pull              (1/N) sum_i omega_y (e_y - p_i) h_i^T, K rows, sketched or not
/// @param sketched          W, in the same way
std::optional<ImpliedDecays> implied_decays(double g, double classifier_norm, double feature_square,
                                            const Matrix<double>& pull, const Matrix<double>& sketched,
                                            bool exact);

/// Both decays as decimals or fractions, "" where one is not given.
struct DecayTexts {
    std::string lambda_w, lambda_h;
};

/// The given decays, with what they lack taken from the point: one of them from the other by the ratio, which
/// holds at every stationary point; both only where that is reliable, else nothing. Nothing, too, where they
/// would be beyond a double's range.
std::optional<DecayTexts> completed(const DecayTexts& given, const ImpliedDecays& implied);

/// Decays that would fit the point, where the given ones do not.
struct FittingDecays {
    std::string lambda_w, lambda_h;
    double factor = 1;  ///< given lambda_H / lambda_W over the one that holds at a stationary point
    bool lambda_w_fits = false, lambda_h_fits = false;  ///< the given one is near the implied one
};

/// Nothing where the given decays fit, up to a factor of sqrt(2), halfway to the smallest mistake that is
/// usual, a half that is missing; or up to more while the last layer still moves, the larger the residual the
/// more, and whatever they are from a residual of 1/sqrt(2) on.
std::optional<FittingDecays> contradicted(const DecayTexts& given, const ImpliedDecays& implied);

}  // namespace ncverify::measure
