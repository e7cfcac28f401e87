// TreeCertificate: a point, and cones of directions that prove how low any loss can be; as a value and a
// file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "certificates/certificate.hpp"

namespace ncverify::certificates {

/// An order of the classes 0..K-1 or of the coordinates 0..d-1.
using Permutation = std::vector<int>;

/// The edge at which a cone is halved: generators `first` < `second` of the cone of `coordinate`.
struct ConeEdge {
    long coordinate = 0, first = 0, second = 0;
};

/// The image W'(k, i) = W(classes[k], coordinates[i]), H' likewise, of the certificate's point.
struct PointImage {
    Permutation classes, coordinates;
};

/// A node of a tree: split, or a leaf with its probabilities.
struct ConeNode {
    std::optional<ConeEdge> split;
    long bits = 0;
    /// K rows of K-1 whole numbers, p_km 2^bits for m = 0..K-1 without k.
    std::vector<std::vector<long long>> off_diagonal;
    /// The point's image around which the loss is proven convex; nothing where the entropy is bound enough.
    std::optional<PointImage> image;
};

/// The cones of one tuple of chambers, an order of the classes for each coordinate: nodes in preorder, the
/// half with the first generator before the one with the second.
struct ConeTree {
    std::vector<Permutation> chambers;
    std::vector<ConeNode> nodes;
};

/// README.md in this folder documents the file.
struct TreeCertificate {
    Certificate claim;  ///< configuration, digits, W, H in the class-means form, and both bounds; no slopes
    std::string gap;    ///< the proof claims relative_gap at most this
    std::vector<ConeTree> trees;
};

/// Whether a text says that it is one: what `parse_tree_certificate` is for.
bool is_tree_certificate(const std::string& text);

std::string to_text(const TreeCertificate& certificate);

/// Throws InputError naming `where` for anything that is not one.
TreeCertificate parse_tree_certificate(const std::string& text, const std::string& where);

inline constexpr long most_probability_bits = 62;

}  // namespace ncverify::certificates
