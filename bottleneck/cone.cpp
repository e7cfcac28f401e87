#include "bottleneck/cone.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace ncverify::bottleneck {

namespace {

constexpr long largest_classes = 6;

std::vector<Order> orders(long classes) {
    Order order(static_cast<std::size_t>(classes));
    std::iota(order.begin(), order.end(), 0);
    std::vector<Order> result;
    do {
        result.push_back(order);
    } while (std::next_permutation(order.begin(), order.end()));
    return result;
}

// The smallest image of the chambers under a symmetry.
Chambers canonical(const Chambers& chambers, const std::vector<Order>& symmetries) {
    Chambers smallest;
    for (const Order& symmetry : symmetries) {
        Chambers image = chambers;
        for (Order& order : image) {
            for (int& entry : order) {
                entry = symmetry[static_cast<std::size_t>(entry)];
            }
        }
        std::sort(image.begin(), image.end());
        if (smallest.empty() || image < smallest) {
            smallest = std::move(image);
        }
    }
    return smallest;
}

double inner(const double* a, const double* b, long size) {
    return std::inner_product(a, a + size, b, 0.0);
}

}  // namespace

bool chambers_listable(const Configuration& configuration) {
    const long classes = configuration.classes();
    if (classes > largest_classes) {
        return false;
    }
    double number = 1;
    const double factorial = std::tgamma(static_cast<double>(classes) + 1);
    for (long long i = 0; i < configuration.dimension && number <= largest_roots; ++i) {
        number *= factorial;
    }
    return number <= largest_roots;
}

std::vector<Order> class_symmetries(const Configuration& configuration) {
    std::vector<Order> result;
    for (const Order& order : orders(configuration.classes())) {
        bool keeps = true;
        for (std::size_t k = 0; k < order.size(); ++k) {
            const auto image = static_cast<std::size_t>(order[k]);
            keeps = keeps && configuration.counts[k] == configuration.counts[image] &&
                    (!configuration.weighted() || configuration.weights[k] == configuration.weights[image]);
        }
        if (keeps) {
            result.push_back(order);
        }
    }
    return result;
}

std::vector<Chambers> canonical_chambers(const Configuration& configuration) {
    const std::vector<Order> all = orders(configuration.classes());
    const std::vector<Order> symmetries = class_symmetries(configuration);
    const auto dimension = static_cast<std::size_t>(configuration.dimension);
    std::set<Chambers> seen;
    std::vector<std::size_t> index(dimension, 0);
    for (bool more = true; more;) {
        Chambers chambers;
        for (const std::size_t i : index) {
            chambers.push_back(all[i]);
        }
        seen.insert(canonical(chambers, symmetries));
        // The next tuple in ascending order of its entries: every other one is a permutation of such a tuple.
        more = false;
        for (std::size_t i = dimension; i-- > 0;) {
            if (index[i] + 1 < all.size()) {
                std::fill(index.begin() + static_cast<std::ptrdiff_t>(i), index.end(), index[i] + 1);
                more = true;
                break;
            }
        }
    }
    return {seen.begin(), seen.end()};
}

Cell cell_of(const Chambers& chambers) {
    const auto classes = static_cast<long>(chambers.front().size());
    Cell cell{classes, static_cast<long>(chambers.size()), {}};
    for (const Order& order : chambers) {
        for (long size = 1; size < classes; ++size) {
            std::vector<double> generator(static_cast<std::size_t>(classes), -static_cast<double>(size));
            for (long j = 0; j < size; ++j) {
                generator[static_cast<std::size_t>(order[static_cast<std::size_t>(j)])] +=
                    static_cast<double>(classes);
            }
            cell.numbers.insert(cell.numbers.end(), generator.begin(), generator.end());
        }
    }
    return cell;
}

std::pair<Edge, double> widest_edge(const Cell& cell) {
    const long classes = cell.classes;
    Edge widest;
    double largest = 0;
    for (long i = 0; i < cell.dimension; ++i) {
        for (long second = 1; second + 1 < classes; ++second) {
            for (long first = 0; first < second; ++first) {
                const double* a = cell.generator(i, first);
                const double* b = cell.generator(i, second);
                const double norm_a = std::sqrt(inner(a, a, classes)),
                             norm_b = std::sqrt(inner(b, b, classes));
                double square = 0;
                for (long k = 0; k < classes; ++k) {
                    const double difference = a[k] / norm_a - b[k] / norm_b;
                    square += difference * difference;
                }
                // Edges of equal length up to rounding, some 1e-15: the first, on every machine. A wrong
                // choice between nearly equal ones costs nothing.
                if (square > largest * (1 + 1e-9)) {
                    largest = square;
                    widest = {i, first, second};
                }
            }
        }
    }
    return {widest, std::sqrt(largest)};
}

bool halves_exactly(const Cell& cell, const Edge& edge) {
    const double* first = cell.generator(edge.coordinate, edge.first);
    const double* second = cell.generator(edge.coordinate, edge.second);
    for (long k = 0; k < cell.classes; ++k) {
        const double sum = first[k] + second[k];
        const double from_second = sum - first[k];
        // Knuth's two-sum: the rounding error of the sum.
        if ((first[k] - (sum - from_second)) + (second[k] - from_second) != 0) {
            return false;
        }
    }
    return true;
}

Cell half(const Cell& cell, const Edge& edge, int side) {
    Cell result = cell;
    const double* first = cell.generator(edge.coordinate, edge.first);
    const double* second = cell.generator(edge.coordinate, edge.second);
    double* replaced = result.generator(edge.coordinate, side == 0 ? edge.second : edge.first);
    for (long k = 0; k < cell.classes; ++k) {
        replaced[k] = (first[k] + second[k]) / 2;
    }
    return result;
}

}  // namespace ncverify::bottleneck
