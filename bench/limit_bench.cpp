// The limit problem of vanishing decays and equal counts (docs/bottleneck.md, Subset designs): proven bounds
// of its minimum, and the best point met; drawn, where the name of a picture is given.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>

#include "files/atomic_file.hpp"
#include "problem/errors.hpp"
#include "problem/processor_clock.hpp"
#include "properties/limit_design.hpp"

namespace {

using namespace ncverify;

double number(const Enclosure& value) {
    return arf_get_d(arb_midref(value.data()), ARF_RND_NEAR);
}

// Features as discs, a row for each class and a column for each coordinate, the area as the entry.
std::string picture(const Matrix<Enclosure>& features, const std::string& title) {
    constexpr double cell = 28, top = 26, left = 8;
    double largest = 0;
    for (const Enclosure& entry : features.reshaped()) {
        largest = std::max(largest, number(entry));
    }
    const double width = std::max(2 * left + cell * static_cast<double>(features.rows()),
                                  2 * left + 6.5 * static_cast<double>(title.size())),
                 height = top + left + cell * static_cast<double>(features.cols());
    std::string svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
        "font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
        "<text x=\"{2}\" y=\"16\" fill=\"#222222\">{3}</text>\n",
        width, height, left, title);
    for (Eigen::Index k = 0; k < features.cols(); ++k) {
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            const double share = number(features(i, k)) / largest;
            const double x = left + cell * (static_cast<double>(i) + 0.5),
                         y = top + cell * (static_cast<double>(k) + 0.5);
            svg += fmt::format(
                "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"none\" stroke=\"#cccccc\"/>\n", x, y,
                cell * 0.45);
            if (share > 0) {
                svg += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.2f}\" fill=\"#2c6fbb\"/>\n", x,
                                   y, cell * 0.45 * std::sqrt(share));
            }
        }
    }
    return svg + "</svg>\n";
}

// The indicators of all q-subsets of d coordinates, with the columns of W those of H less their means.
properties::FeasiblePoint subsets(long dimension, long size) {
    std::vector<bool> member(static_cast<std::size_t>(dimension), false);
    std::fill(member.begin(), member.begin() + size, true);
    std::vector<std::vector<bool>> all;
    do {
        all.push_back(member);
    } while (std::prev_permutation(member.begin(), member.end()));
    const auto classes = static_cast<Eigen::Index>(all.size());
    properties::FeasiblePoint point{"subsets", Matrix<Enclosure>(classes, dimension),
                                    Matrix<Enclosure>(dimension, classes)};
    for (Eigen::Index k = 0; k < classes; ++k) {
        for (Eigen::Index i = 0; i < dimension; ++i) {
            const Enclosure entry(all[static_cast<std::size_t>(k)][static_cast<std::size_t>(i)] ? 1 : 0);
            point.features(i, k) = entry;
            point.classifier(k, i) = entry - Enclosure(size) / Enclosure(dimension);
        }
    }
    return point;
}

int show_subsets(long dimension, long size, const char* name) {
    if (dimension < 2 || dimension > 8 || size < 1 || size >= dimension) {
        std::cerr << "limit_bench subsets D Q [PICTURE.svg], 1 <= Q < D <= 8\n";
        return 2;
    }
    const PrecisionScope scope(50);
    const properties::FeasiblePoint point = subsets(dimension, size);
    std::cout << fmt::format("the {}-subsets of {} coordinates: K = {}, value {}\n", size, dimension,
                             point.features.cols(),
                             certificates::margin_limit_value(point.classifier, point.features)->text(15));
    if (name != nullptr) {
        files::write_atomically(
            name, picture(point.features, fmt::format("K = {}, d = {}", point.features.cols(), dimension)));
    }
    return 0;
}

int run(int count, char** arguments) {
    if (count < 4) {
        std::cerr << "limit_bench K D GAP [NODES [PICTURE.svg]], or limit_bench subsets D Q [PICTURE.svg]\n";
        return 2;
    }
    if (std::string(arguments[1]) == "subsets") {
        return show_subsets(std::atol(arguments[2]), std::atol(arguments[3]),
                            count > 4 ? arguments[4] : nullptr);
    }
    bottleneck::LimitOptions options;
    options.classes = std::atol(arguments[1]);
    options.dimension = std::atol(arguments[2]);
    options.gap = std::atof(arguments[3]);
    if (count > 4) {
        options.nodes = std::atol(arguments[4]);
    }
    const PrecisionScope scope(50);
    const auto clock = ProcessorClock::now();
    const properties::ProvenLimit proven = properties::prove_limit(options);
    const double seconds = seconds_since(clock);
    const std::string lower =
        proven.lower ? from_rational<Enclosure>(*proven.lower).lower().text(10) : proven.reason;
    const std::string upper = proven.upper ? proven.upper->text(10) : "none";
    std::cout << fmt::format(
        "K = {}, d = {}: proven {} <= minimum <= {}; {} cells, {} leaves, {:.1f} s of processor time\n",
        options.classes, options.dimension, lower, upper, proven.nodes, proven.leaves, seconds);
    const Matrix<Enclosure>& features = proven.point.features;
    for (Eigen::Index k = 0; k < features.cols(); ++k) {
        for (Eigen::Index i = 0; i < features.rows(); ++i) {
            std::cout << fmt::format("{:10.5f}", number(features(i, k)));
        }
        std::cout << "\n";
    }
    if (count > 5 && features.size() > 0) {
        files::write_atomically(arguments[5], picture(features, fmt::format("K = {}, d = {}", options.classes,
                                                                            options.dimension)));
    }
    return proven.lower ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return run(count, arguments);
    } catch (const InputError& error) {
        std::cerr << error.what() << "\n";
        return 2;
    }
}
