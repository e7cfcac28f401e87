// The point that a certificate claims, as enclosures of the exact decimals in its file.
#pragma once

#include <string>

#include "certificates/certificate.hpp"
#include "problem/objective.hpp"

namespace ncverify::certificates {

struct EnclosedPoint {
    Matrix<Enclosure> classifier;  ///< W, K x d
    Matrix<Enclosure> features;    ///< H, d x (rows of the file's `features`)
    std::string negative;          ///< names the first feature below zero; empty: H >= 0
};

/// Evaluated at the precision of the innermost PrecisionScope. Signs are decided on the exact decimals, and
/// an exact zero stays one, so that everything sparse remains cheap.
EnclosedPoint enclosed_point(const Certificate& certificate);

}  // namespace ncverify::certificates
