// Problem (4) in scaled variables around a point, with its zeros: gradient and Hessian in what is free.
#pragma once

#include <string>
#include <vector>

#include "certificates/point.hpp"

namespace ncverify::certificates {

/// The scaled problem of local_minimum.cpp at a point or in a box: V is K x d', U is d' x K. A feature that
/// is exactly zero stays zero; coordinates of one class alone may have been turned into one.
struct Turned {
    Matrix<Enclosure> classifier, features;
    Vector<Enclosure> pull;        ///< g_k
    Vector<Enclosure> root_count;  ///< sqrt(n_k)
    Enclosure unit;                ///< sqrt(lW lH): L0 = unit F
};

/// Scale, pulls and root counts; no coordinates.
Turned scaled_constants(const Configuration& configuration);

/// Scales the point and turns coordinates that serve one class alone into one. @return empty, or why not
std::string turn(const Configuration& configuration, const EnclosedPoint& point, Turned& turned);

/// In all of V, column by column, and then in the features that are not zero, class by class.
struct Derivatives {
    Vector<Enclosure> gradient;
    Matrix<Enclosure> hessian;
    std::vector<Enclosure> multipliers;  ///< the gradient at the zero features
};
Derivatives derivatives(const Turned& at);

/// Whether the Hessian minus `least` times the identity is proven positive definite, by Arb's Cholesky.
bool exceeds(const Matrix<Enclosure>& hessian, const Enclosure& least);

}  // namespace ncverify::certificates
