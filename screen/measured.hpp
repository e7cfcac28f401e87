// What a point of the kernel is like: everything that the claims look at, in double precision.
#pragma once

#include <vector>

#include "screen/kernel/engine.hpp"

namespace ncverify::screen {

/// The last point of one descent, measured in double whatever the precision it was found in. Lengths in the
/// paper's units; `accuracy` and what it is made of in scaled variables.
class Measured {
  public:
    /// @param view  where the point lies; copied
    template <typename S>
    void set(const Sample& sample, const LaneView<S>& view);

    std::size_t classes = 0, dimension = 0;
    double loss = 0;                                            ///< L0(W,H) of (4), class-means form
    std::vector<double> w, h;                                   ///< w_k at k d + i; h_k likewise
    std::vector<double> feature_gram, classifier_gram, logits;  ///< K x K; logits: (W h_k)_m at k K + m

    double feature_inner(std::size_t k, std::size_t j) const { return feature_gram[k * classes + j]; }
    double classifier_inner(std::size_t k, std::size_t j) const { return classifier_gram[k * classes + j]; }
    double logit(std::size_t k, std::size_t m) const { return logits[k * classes + m]; }
    double cosine(std::size_t k, std::size_t j) const;

    /// Euclidean norm of F's projected gradient at the point.
    double residual = 0;
    /// How far u_k, and what belongs to it in V, may be from where they are at the minimum (README.md).
    std::vector<double> accuracy;
    double total_accuracy = 0;       ///< root of the sum of their squares
    std::vector<double> length;      ///< ||u_k||
    std::vector<double> unit;        ///< ||u_k|| for a margin of one, or the margin found where that is more
    double largest_unit = 0;         ///< of these
    std::vector<double> row_length;  ///< ||w_k||
    double largest_row = 0;          ///< largest ||v_k||
    double worst_curvature = 0;      ///< smallest mu_k
    std::vector<double> margin;      ///< own logit minus the mean of the others
    double feature_scale = 0, classifier_scale = 0;  ///< h_k = feature_scale u_k / sqrt(n_k), w_k = .. v_k

  private:
    void measure(const Sample& sample);
    double projected_gradient_squared();  ///< from logits' residuals
    void bound_accuracy();                ///< from the residual, class by class
    void unscale(const Sample& sample);   ///< sets w, h and what is made of them
    std::vector<double> v_, u_, residual_, curvature_;
};

}  // namespace ncverify::screen
