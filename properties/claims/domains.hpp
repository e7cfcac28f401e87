// Domains, in words, that several claims share.
#pragma once

namespace ncverify::properties {

inline constexpr const char* any_counts = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0";
inline constexpr const char* enough_coordinates = "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K";
inline constexpr const char* every_point =
    "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K; every W, H >= 0";
inline constexpr const char* thresholds_and_ties =
    "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K; "
    "collapsed classes, thresholds and ties included";

inline constexpr const char* every_minimiser =
    "every K >= 2, counts >= 1, lambda_W, lambda_H > 0, d >= K; every global minimiser";

}  // namespace ncverify::properties
