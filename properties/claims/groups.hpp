// Groups: the classes of one count, and the shapes of configurations that the corollaries speak of.
#pragma once

#include <vector>

#include "properties/case.hpp"
#include "properties/input_classes.hpp"

namespace ncverify::properties {

/// The classes with one count.
struct Group {
    long long count = 0;
    std::vector<long> members;
    bool collapsed = false;  ///< count <= T, decided in rationals

    long size() const { return static_cast<long>(members.size()); }
};

/// By rising count.
std::vector<Group> groups(const Configuration& configuration);

/// Two classes of neighbouring counts. An order among all classes follows from those of such pairs.
struct Neighbours {
    long small = 0, large = 0;
    bool tied = false;  ///< their classifiers have equal norms exactly: K = 2 (w_1 = -w_2), or both collapsed
};
/// One pair for each two neighbouring groups of `sorted`, by rising count.
std::vector<Neighbours> neighbours(const std::vector<Group>& sorted);

/// All counts equal.
bool is_balanced(const Configuration& configuration);
/// Every count at or below T, decided in rationals: then W and H are zero, and no cosine is defined.
bool completely_collapsed(const Configuration& configuration);

/// w_k . w_j / (||w_k|| ||w_j||) at every global minimiser; not finite where a norm may be zero.
Enclosure certified_cosine(const Case& subject, long k, long j);

/// The balanced configuration next to a case: every class gets the largest count, and lambda_H is scaled so
/// that T over this count, and so whether everything collapses, stays what it was. A balanced case is its
/// own neighbour.
Configuration balanced_neighbour(const Configuration& configuration);

/// A configuration with small counts next to a case, for what costs time in the number of samples: the case's
/// own up to `most_samples`; beyond, the counts keep their order and ties but follow each other by one, and
/// lambda_H is scaled so that T lies between the same two of them, or on the same one.
Configuration few_samples_neighbour(const Configuration& configuration, long most_samples);

/// What a run must have seen of balanced configurations, and of those with two distinct counts.
std::vector<Demand> balanced_domain();
std::vector<Demand> two_group_domain();

}  // namespace ncverify::properties
