// Cones of directions: where a column of W points, by simplicial cones that are halved at an edge.
#pragma once

#include <array>
#include <vector>

#include "problem/configuration.hpp"

namespace ncverify::bottleneck {

/// Column i of W, less its mean, lies in the cone of K-1 generators, K numbers each, whose entries add up to
/// zero; a cell is d such cones. Stored as d x (K-1) x K numbers, every one exact: whole to begin with, and
/// halved in sums.
struct Cell {
    long classes = 0, dimension = 0;
    std::vector<double> numbers;

    const double* generator(long coordinate, long index) const {
        return numbers.data() + (coordinate * (classes - 1) + index) * classes;
    }
    double* generator(long coordinate, long index) {
        return numbers.data() + (coordinate * (classes - 1) + index) * classes;
    }
};

/// An order of the classes, largest entry first: the cone of all columns whose entries fall in this order has
/// the generators K 1_S - |S|, S the first 1, 2, .., K-1 classes.
using Order = std::vector<int>;
/// One order for each coordinate.
using Chambers = std::vector<Order>;

/// One tuple of chambers for each orbit under the permutations of coordinates and of classes of equal count
/// and weight, the smallest of its orbit: every W with columns of mean zero has an image in one of them.
std::vector<Chambers> canonical_chambers(const Configuration& configuration);

/// Permutations of the classes that keep counts and weights.
std::vector<Order> class_symmetries(const Configuration& configuration);

/// Whether there are few enough chambers to list: at most 6 classes and `largest_roots` tuples.
bool chambers_listable(const Configuration& configuration);
inline constexpr long largest_roots = 100'000;

Cell cell_of(const Chambers& chambers);

/// An edge of one of the cones: generators `first` and `second` of the cone of `coordinate`.
struct Edge {
    long coordinate = 0, first = 0, second = 1;
};

/// The edge of the widest angle, and the distance of its normalised ends; zero where K = 2: cones are rays.
std::pair<Edge, double> widest_edge(const Cell& cell);

/// Whether the middle of the edge is a sum that double holds exactly.
bool halves_exactly(const Cell& cell, const Edge& edge);

/// The half on the side of the first generator (side 0) or of the second: the other one is replaced by the
/// middle of both.
Cell half(const Cell& cell, const Edge& edge, int side);

}  // namespace ncverify::bottleneck
