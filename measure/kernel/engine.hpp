// What takes most of a measurement's time, compiled for each instruction set: products, sums over logits.
#pragma once

#include <vector>

namespace ncverify::measure::kernel {

inline constexpr long group_rows = 8;      ///< rows lie in groups of so many, side by side
inline constexpr long panel_columns = 24;  ///< columns lie in panels of so many
inline constexpr long block_depth = 128;   ///< coordinates of a panel that stay in a core's first cache

/// `count` rounded up to a whole number of `parts`.
constexpr long padded(long count, long part) {
    return (count + part - 1) / part * part;
}

/// What a run of numbers looks like. Not a number counts as unusable.
struct Range {
    double smallest, largest;
    long zeros, negatives;
    long unusable;  ///< larger in size than the limit
};

/// Sums over the logits of the classes other than the sample's own, m != k.
struct OtherLogits {
    double total;    ///< sum_m z_m
    double largest;  ///< max_m z_m
};

/// The kernel at one width. Every function computes the same bits in every engine: a product's entry is one
/// chain of fused multiply-adds from the first coordinate to the last, a sum is eight such chains (of the
/// numbers 0, 8, 16, ..; 1, 9, 17, ..; and so on), added up in one order.
struct Engine {
    const char* name;  ///< "avx512", "avx2", "portable"

    /// @param values  `count` >= 1 of them
    /// @param limit   the largest size that is usable
    Range (*range_single)(const float* values, long count, double limit);
    Range (*range_double)(const double* values, long count, double limit);

    /// sums += row - shift; returns the row's squared length. `depth` numbers each.
    double (*accumulate_single)(const float* row, const float* shift, long depth, double* sums);
    double (*accumulate_double)(const double* row, const double* shift, long depth, double* sums);

    /// Writes rows minus their means, exact but for one rounding, as `multiply` wants them, zeros in place of
    /// missing rows, and the squared length of each.
    /// @param values     rows x depth
    /// @param means      of each row, depth numbers
    /// @param packed     padded(rows, group_rows) x depth
    /// @param distances  padded(rows, group_rows)
    void (*deviations_single)(const float* values, const double* const* means, long rows, long depth,
                              double* packed, double* distances);
    void (*deviations_double)(const double* values, const double* const* means, long rows, long depth,
                              double* packed, double* distances);

    /// result = rows times panels.
    /// @param packed   from `deviations_..`
    /// @param panels   depth x columns: panel after panel, each depth x panel_columns, row by row
    /// @param columns  a multiple of panel_columns
    /// @param result   padded(rows, group_rows) x columns, row by row
    void (*multiply)(const double* packed, long rows, long depth, const double* panels, long columns,
                     double* result);

    /// result += left^T right, a sum over their rows in order.
    /// @param left           rows x left_columns, row by row; a multiple of group_rows
    /// @param right          rows x right_columns, row by row; a multiple of panel_columns
    /// @param result         left_columns x right_columns, row by row
    void (*multiply_transposed)(const double* left, long left_columns, const double* right,
                                long right_columns, long rows, double* result);

    /// @param logits  z, `classes` >= 2 of them
    OtherLogits (*others)(const double* logits, long classes, long label);
    /// sum over m != label of e^t - 1 - t >= 0, t = z_m - shift <= 100; each to a few units of its last place
    double (*above_tangent)(const double* logits, long classes, long label, double shift);
    /// sum over m != label of e^(z_m - shift), for differences <= 0; what lies below e^-700 counts as zero
    double (*exponentials)(const double* logits, long classes, long label, double shift);
    /// Writes e^(z_m - shift), all differences <= 0, and returns their sum.
    double (*shares)(const double* logits, long classes, double shift, double* powers);
    /// sum of squares
    double (*squares)(const double* values, long count);
};

/// Those that this processor can run, fastest first; the last is `portable`.
const std::vector<Engine>& engines();

/// The fastest.
inline const Engine& engine() {
    return engines().front();
}

}  // namespace ncverify::measure::kernel
