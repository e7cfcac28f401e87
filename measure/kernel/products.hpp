// Rows minus their means, packed, and their products with panels of columns.
#pragma once

#include "measure/kernel/engine.hpp"
#include "measure/kernel/lanes.hpp"

namespace ncverify::measure::kernel::NCVERIFY_LANES {

// Eight coordinates of a group's rows, transposed: coordinate after coordinate, the rows side by side.
template <typename Number>
inline void pack_square(const Number* values, long stride, const double* const* means, long rows, long first,
                        double* packed) {
    double square[group_rows][8];
    for (long r = 0; r < group_rows; ++r) {
        const Eight difference =
            r < rows ? load(values + r * stride + first) - load(means[r] + first) : Eight{};
        std::memcpy(square[r], &difference, sizeof difference);
    }
    for (long k = 0; k < 8; ++k) {
        const Eight across = {square[0][k], square[1][k], square[2][k], square[3][k],
                              square[4][k], square[5][k], square[6][k], square[7][k]};
        std::memcpy(packed + k * group_rows, &across, sizeof across);
    }
}

// As Engine::deviations_..: the packed rows lie block_depth coordinates after block_depth coordinates, and in
// these group after group, so that what a product reads at a time lies together.
template <typename Number>
void deviations(const Number* values, const double* const* means, long rows, long depth, double* packed,
                double* distances) {
    const long all_rows = padded(rows, group_rows);
    for (long group = 0; group < all_rows; group += group_rows) {
        const long present = rows - group < group_rows ? rows - group : group_rows;
        Eight distance{};
        for (long block = 0; block < depth; block += block_depth) {
            const long count = depth - block < block_depth ? depth - block : block_depth;
            double* place = packed + block * all_rows + group * count;
            long k = 0;
            for (; k + 8 <= count; k += 8) {
                pack_square(values + group * depth, depth, means + group, present, block + k,
                            place + k * group_rows);
            }
            for (; k < count; ++k) {
                for (long r = 0; r < group_rows; ++r) {
                    place[k * group_rows + r] =
                        r < present ? static_cast<double>(values[(group + r) * depth + block + k]) -
                                          means[group + r][block + k]
                                    : 0.0;
                }
            }
            for (k = 0; k < count; ++k) {
                const Eight across = load(place + k * group_rows);
                distance = fma(across, across, distance);
            }
        }
        std::memcpy(distances + group, &distance, sizeof distance);
    }
}

// `Rows` rows times `Registers` registers of columns, added to what stands in `result`. Step k of the sum
// takes the rows' numbers at left + k left_step, side by side, and the columns' at right + k right_step.
template <int Rows, int Registers>
inline void tile(const double* left, long left_step, const double* right, long right_step, long count,
                 bool first, double* result, long stride) {
    Register sums[Rows][Registers];
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
#pragma GCC unroll 16
        for (int v = 0; v < Registers; ++v) {
            sums[r][v] = first ? Register::all(0) : Register::load(result + r * stride + v * Register::width);
        }
    }
    for (long k = 0; k < count; ++k) {
        Register columns[Registers];
#pragma GCC unroll 16
        for (int v = 0; v < Registers; ++v) {
            columns[v] = Register::load(right + k * right_step + v * Register::width);
        }
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r) {
            const Register row = Register::all(left[k * left_step + r]);
#pragma GCC unroll 16
            for (int v = 0; v < Registers; ++v) {
                sums[r][v] = fma(row, columns[v], sums[r][v]);
            }
        }
    }
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
#pragma GCC unroll 16
        for (int v = 0; v < Registers; ++v) {
            sums[r][v].store(result + r * stride + v * Register::width);
        }
    }
}

// As many sums at a time as there are registers for: 8 x 24 numbers of 32 registers, 4 x 12 of 16.
inline constexpr int tile_rows = Register::width == 8 ? 8 : 4;
inline constexpr int tile_registers = 3;
inline constexpr long transposed_block = 64;  // rows: not too many pages of memory at a time
inline constexpr long tile_columns = tile_registers * Register::width;
static_assert(group_rows % tile_rows == 0 && panel_columns % tile_columns == 0);

// Asks for a part of the next panel's block while this one is worked on: it comes from afar.
inline void prefetch(const double* place, long count) {
    for (long i = 0; i < count; i += 8) {
        __builtin_prefetch(place + i, 0, 2);
    }
}

inline void multiply(const double* packed, long rows, long depth, const double* panels, long columns,
                     double* result) {
    const long all_rows = padded(rows, group_rows);
    for (long block = 0; block < depth; block += block_depth) {
        const long count = depth - block < block_depth ? depth - block : block_depth;
        const long share = padded(count * panel_columns * group_rows / all_rows, 8);
        for (long panel = 0; panel < columns; panel += panel_columns) {
            const double* right = panels + panel * depth + block * panel_columns;
            for (long group = 0; group < all_rows; group += group_rows) {
                const double* left = packed + block * all_rows + group * count;
                prefetch(right + panel_columns * depth + group / group_rows * share, share);
                for (long r = 0; r < group_rows; r += tile_rows) {
                    for (long c = 0; c < panel_columns; c += tile_columns) {
                        tile<tile_rows, tile_registers>(left + r, group_rows, right + c, panel_columns, count,
                                                        block == 0,
                                                        result + (group + r) * columns + panel + c, columns);
                    }
                }
            }
        }
    }
}

// As Engine::multiply_transposed.
inline void multiply_transposed(const double* left, long left_columns, const double* right,
                                long right_columns, long rows, double* result) {
    for (long block = 0; block < rows; block += transposed_block) {
        const long count = rows - block < transposed_block ? rows - block : transposed_block;
        for (long i = 0; i < left_columns; i += tile_rows) {
            for (long j = 0; j < right_columns; j += tile_columns) {
                tile<tile_rows, tile_registers>(left + block * left_columns + i, left_columns,
                                                right + block * right_columns + j, right_columns, count,
                                                false, result + i * right_columns + j, right_columns);
            }
        }
    }
}

}  // namespace ncverify::measure::kernel::NCVERIFY_LANES
