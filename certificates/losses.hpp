// Losses: what each column of H contributes to the data term, from one pass over the logits.
#pragma once

#include <vector>

#include "problem/objective.hpp"

namespace ncverify::certificates {

/// One entry for each column h of H, of class k.
struct ColumnLosses {
    std::vector<Enclosure> cross_entropies;  ///< CE(W h, k)
    std::vector<Enclosure> margins;          ///< a = w_k.h - mean over m != k of w_m.h
};

/// At the precision of the innermost PrecisionScope.
/// For Matrix<Enclosure> and EnclosedTable.
/// @param columns     what the columns of H stand for
/// @param classifier  W, K x d
/// @param features    H, d x columns.size(); exact zeros are skipped
template <typename Table>
ColumnLosses column_losses(const std::vector<FeatureColumn>& columns, const Table& classifier,
                           const Table& features);

/// The data term of (4): (1/N) sum_j omega_k weight_j CE(W h_j, k), k = label_j.
Enclosure data_term(const Configuration& configuration, const std::vector<FeatureColumn>& columns,
                    const ColumnLosses& losses);

}  // namespace ncverify::certificates
