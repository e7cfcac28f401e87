// Cones of a tree certificate, exactly: chambers, their orbits, halves, and the inequality that a leaf rests
// on.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "certificates/tree_certificate.hpp"

namespace ncverify::certificates {

/// A vector of K whole numbers that add up to zero, times 2^-exponent.
struct ConeGenerator {
    std::vector<Integer> entries;
    long exponent = 0;
};
using Cone = std::vector<ConeGenerator>;  ///< K-1 of them

/// The cone of all vectors with sum zero whose entries fall in this order: generators K 1_S - |S|, S the
/// first 1, 2, .., K-1 classes.
Cone chamber_cone(const Permutation& order);

/// The middle of two generators.
ConeGenerator middle(const ConeGenerator& a, const ConeGenerator& b);

/// Walks through a tree in the order of the file, halving its chambers' cones, until a leaf says no. Whether
/// none did.
bool walk_leaves(const ConeTree& tree,
                 const std::function<bool(const std::vector<Cone>& cones, const ConeNode& leaf)>& visit);

/// Empty text where every tuple of d chambers has an image among `trees`, under permutations of coordinates
/// and of classes of equal count and weight; else what is missing.
std::string missing_chambers(const Configuration& configuration, const std::vector<ConeTree>& trees);

/// Probabilities of a leaf as whole numbers, times 2^-bits: K x K, rows adding up to 2^bits. Empty where the
/// entries off the diagonal add up to more.
std::vector<std::vector<Integer>> probability_rows(const ConeNode& leaf);

/// What a leaf rests on, for every two generators u, v of a cone of its:
///     sum_k omega_k^2 n_k t_k(u)_+ t_k(v)_+ <= N^2 lW lH u.v,   t_k(u) = u_k - p_k.u,
/// in exact arithmetic (README.md, Trees). Both sides' constants are whole numbers times one denominator,
/// found once: decays and weights may have a hundred thousand digits each, and leaves are many.
class ConeInequality {
  public:
    explicit ConeInequality(const Configuration& configuration);

    /// Whether it holds on the cone.
    bool supports(const Cone& cone, const std::vector<std::vector<Integer>>& probabilities, long bits) const;

  private:
    std::vector<Integer> weights_;  // omega_k^2 n_k
    Integer allowed_;               // N^2 lW lH
};

}  // namespace ncverify::certificates
