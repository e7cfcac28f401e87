#include "certificates/cones.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace ncverify::certificates {

namespace {

std::vector<Permutation> permutations(long size) {
    Permutation permutation(static_cast<std::size_t>(size));
    std::iota(permutation.begin(), permutation.end(), 0);
    std::vector<Permutation> result;
    do {
        result.push_back(permutation);
    } while (std::next_permutation(permutation.begin(), permutation.end()));
    return result;
}

bool keeps(const Configuration& configuration, const Permutation& classes) {
    for (std::size_t k = 0; k < classes.size(); ++k) {
        const auto image = static_cast<std::size_t>(classes[k]);
        if (configuration.counts[k] != configuration.counts[image] ||
            configuration.weighted_count(k) != configuration.weighted_count(image)) {
            return false;
        }
    }
    return true;
}

// The orbit's smallest member stands for it.
std::vector<Permutation> representative(const std::vector<Permutation>& chambers,
                                        const std::vector<Permutation>& symmetries) {
    std::vector<Permutation> smallest;
    for (const Permutation& symmetry : symmetries) {
        std::vector<Permutation> image;
        for (const Permutation& order : chambers) {
            Permutation mapped;
            for (const int k : order) {
                mapped.push_back(symmetry[static_cast<std::size_t>(k)]);
            }
            image.push_back(std::move(mapped));
        }
        std::sort(image.begin(), image.end());
        if (smallest.empty() || image < smallest) {
            smallest = std::move(image);
        }
    }
    return smallest;
}

std::string text_of(const std::vector<Permutation>& chambers) {
    std::string text;
    for (const Permutation& order : chambers) {
        text += text.empty() ? "" : " | ";
        for (const int k : order) {
            text += std::to_string(k);
        }
    }
    return text;
}

Integer shifted(const Integer& value, long bits) {
    return value << static_cast<unsigned>(bits);
}

}  // namespace

Cone chamber_cone(const Permutation& order) {
    const auto classes = static_cast<long>(order.size());
    Cone cone;
    for (long size = 1; size < classes; ++size) {
        ConeGenerator generator{std::vector<Integer>(order.size(), Integer(-size)), 0};
        for (long j = 0; j < size; ++j) {
            generator.entries[static_cast<std::size_t>(order[static_cast<std::size_t>(j)])] += classes;
        }
        cone.push_back(std::move(generator));
    }
    return cone;
}

ConeGenerator middle(const ConeGenerator& a, const ConeGenerator& b) {
    const long exponent = std::max(a.exponent, b.exponent);
    ConeGenerator result{{}, exponent + 1};
    for (std::size_t k = 0; k < a.entries.size(); ++k) {
        result.entries.push_back(shifted(a.entries[k], exponent - a.exponent) +
                                 shifted(b.entries[k], exponent - b.exponent));
    }
    return result;
}

std::string missing_chambers(const Configuration& configuration, const std::vector<ConeTree>& trees) {
    const std::vector<Permutation> orders = permutations(configuration.classes());
    std::vector<Permutation> symmetries;
    std::copy_if(orders.begin(), orders.end(), std::back_inserter(symmetries),
                 [&](const Permutation& classes) { return keeps(configuration, classes); });
    std::set<std::vector<Permutation>> there;
    for (const ConeTree& tree : trees) {
        there.insert(representative(tree.chambers, symmetries));
    }
    // Tuples in ascending order suffice: coordinates can be permuted.
    std::vector<std::size_t> index(static_cast<std::size_t>(configuration.dimension), 0);
    while (true) {
        std::vector<Permutation> chambers;
        chambers.reserve(index.size());
        for (const std::size_t i : index) {
            chambers.push_back(orders[i]);
        }
        if (there.count(representative(chambers, symmetries)) == 0) {
            return "no tree for the chambers " + text_of(chambers);
        }
        std::size_t last = index.size();
        while (last > 0 && index[last - 1] + 1 == orders.size()) {
            --last;
        }
        if (last == 0) {
            return "";
        }
        const std::size_t next = index[last - 1] + 1;
        std::fill(index.begin() + static_cast<std::ptrdiff_t>(last) - 1, index.end(), next);
    }
}

std::vector<std::vector<Integer>> probability_rows(const ConeNode& leaf) {
    std::vector<std::vector<Integer>> rows;
    for (std::size_t k = 0; k < leaf.off_diagonal.size(); ++k) {
        std::vector<Integer> row(leaf.off_diagonal[k].begin(), leaf.off_diagonal[k].end());
        const Integer others = std::accumulate(row.begin(), row.end(), Integer(0));
        const Integer own = shifted(1, leaf.bits) - others;
        if (own < 0) {
            return {};
        }
        row.insert(row.begin() + static_cast<std::ptrdiff_t>(k), own);
        rows.push_back(std::move(row));
    }
    return rows;
}

bool walk_leaves(const ConeTree& tree,
                 const std::function<bool(const std::vector<Cone>& cones, const ConeNode& leaf)>& visit) {
    std::vector<Cone> chambers;
    for (const Permutation& order : tree.chambers) {
        chambers.push_back(chamber_cone(order));
    }
    std::vector<std::vector<Cone>> pending{std::move(chambers)};  // of the nodes to come, the next one last
    for (const ConeNode& node : tree.nodes) {
        std::vector<Cone> cones = std::move(pending.back());
        pending.pop_back();
        if (!node.split) {
            if (!visit(cones, node)) {
                return false;
            }
            continue;
        }
        const auto coordinate = static_cast<std::size_t>(node.split->coordinate);
        const auto first = static_cast<std::size_t>(node.split->first),
                   second = static_cast<std::size_t>(node.split->second);
        const ConeGenerator between = middle(cones[coordinate][first], cones[coordinate][second]);
        pending.push_back(cones);
        pending.back()[coordinate][first] = between;
        cones[coordinate][second] = between;
        pending.push_back(std::move(cones));
    }
    return true;
}

ConeInequality::ConeInequality(const Configuration& configuration) {
    const Integer samples = configuration.samples();
    const Rational allowed =
        configuration.lambda_w * configuration.lambda_h * Rational(Integer(samples * samples));
    Integer common = denominator(allowed);
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        common = lcm(common, denominator(configuration.weighted_count(k)));
    }
    const auto whole = [&](const Rational& value) {
        return Integer(numerator(value) * Integer(common / denominator(value)));
    };
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        weights_.push_back(whole(configuration.weighted_count(k)));
    }
    allowed_ = whole(allowed);
}

bool ConeInequality::supports(const Cone& cone, const std::vector<std::vector<Integer>>& probabilities,
                              long bits) const {
    const std::size_t classes = probabilities.size();
    std::vector<std::vector<Integer>> positive;  // t_k(u)_+ 2^bits, by generator and class
    for (const ConeGenerator& generator : cone) {
        std::vector<Integer>& row = positive.emplace_back();
        for (std::size_t k = 0; k < classes; ++k) {
            Integer t = 0;
            for (std::size_t m = 0; m < classes; ++m) {
                t += probabilities[k][m] * (generator.entries[k] - generator.entries[m]);
            }
            row.push_back(t > 0 ? t : Integer(0));
        }
    }
    for (std::size_t j = 0; j < cone.size(); ++j) {
        for (std::size_t q = 0; q <= j; ++q) {
            Integer used = 0, product = 0;
            for (std::size_t k = 0; k < classes; ++k) {
                used += weights_[k] * Integer(positive[j][k] * positive[q][k]);
                product += cone[j].entries[k] * cone[q].entries[k];
            }
            if (used > shifted(allowed_ * product, 2 * bits)) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace ncverify::certificates
