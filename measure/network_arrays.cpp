#include "measure/network_arrays.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "problem/configuration.hpp"
#include "problem/errors.hpp"

namespace ncverify::measure {

namespace {

constexpr double largest_bytes = 8e9;

using Shape = std::vector<long long>;

// The other reading of the same bytes.
void transpose(files::StoredArray& array) {
    std::swap(array.header.shape[0], array.header.shape[1]);
    array.header.fortran_order = !array.header.fortran_order;
}

// Drops extents of 1 from the end, then any, until at most `dimensions` are left.
void squeeze(files::StoredArray& array, std::size_t dimensions, Recognised& recognised) {
    Shape& shape = array.header.shape;
    const Shape before = shape;
    while (shape.size() > dimensions && shape.back() == 1) {
        shape.pop_back();
    }
    while (shape.size() > dimensions) {
        const auto one = std::find(shape.begin(), shape.end(), 1);
        if (one == shape.end()) {
            break;
        }
        shape.erase(one);
    }
    if (shape != before) {
        recognised.said.push_back(fmt::format("{} of shape {} was read as {}", array.where,
                                              files::shape_text(before), files::shape_text(shape)));
    }
}

void say_transposed(const files::StoredArray& array, Recognised& recognised) {
    recognised.said.push_back(
        fmt::format("{} was read transposed, as {}", array.where, files::shape_text(array.header.shape)));
}

void require_matrix(const files::StoredArray& array, const std::string& meaning) {
    if (!array.header.type.is_floating()) {
        throw InputError("holds elements of type " + array.header.type.name(), array.where,
                         "float16, bfloat16, float32, float64 or float8");
    }
    const Shape& shape = array.header.shape;
    if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0) {
        const bool positions = shape.size() > 2 && std::find(shape.begin(), shape.end(), 0) == shape.end();
        throw InputError("has shape " + files::shape_text(shape), array.where,
                         meaning + (positions ? " (average over positions first, as pooling does)" : ""));
    }
}

// Which way round the labels are, and with them the features.
void fit_labels(NetworkArrays& arrays, Recognised& recognised) {
    const Shape& h = arrays.features.header.shape;
    Shape& y = arrays.labels.header.shape;
    if (y.size() == 2 && (y[0] == 1) != (y[1] == 1)) {  // a column or a row of labels
        y = {y[0] * y[1]};
    }
    const bool list = y.size() == 1;
    if (list ? y[0] == h[0] : y.size() == 2 && y[0] == h[0]) {
        recognised.one_hot = !list;
    } else if (list ? y[0] == h[1] : y.size() == 2 && y[0] == h[1] && y[1] != h[0]) {
        transpose(arrays.features);
        say_transposed(arrays.features, recognised);
        recognised.one_hot = !list;
    } else if (y.size() == 2 && (y[1] == h[0] || y[1] == h[1])) {
        if (y[1] != h[0]) {
            transpose(arrays.features);
            say_transposed(arrays.features, recognised);
        }
        transpose(arrays.labels);
        say_transposed(arrays.labels, recognised);
        recognised.one_hot = true;
    } else {
        throw InputError("has shape " + files::shape_text(y), arrays.labels.where,
                         std::to_string(h[0]) + " labels, one per row of the features");
    }
}

void fit_classifier(NetworkArrays& arrays, Recognised& recognised) {
    const Shape& h = arrays.features.header.shape;
    const Shape& w = arrays.classifier.header.shape;
    const long long named = recognised.one_hot ? arrays.labels.header.shape[1] : 0;
    const bool as_it_is = w[1] == h[1] && (named == 0 || w[0] == named);
    if (!as_it_is && w[0] == h[1] && (named == 0 || w[1] == named)) {
        transpose(arrays.classifier);
        say_transposed(arrays.classifier, recognised);
    }
    if (w[1] != h[1]) {
        throw InputError(
            "has shape " + files::shape_text(w), arrays.classifier.where,
            "K x " + std::to_string(h[1]) + ", as the features have " + std::to_string(h[1]) + " columns");
    }
    if (w[0] < 2 || w[0] > largest_class_number) {
        throw InputError("has " + std::to_string(w[0]) + " rows", arrays.classifier.where,
                         "2 to " + std::to_string(largest_class_number) + " classes, one row each");
    }
    if (recognised.one_hot && named != w[0]) {
        throw InputError(
            "has shape " + files::shape_text(arrays.labels.header.shape), arrays.labels.where,
            fmt::format("{} labels, one per row of the features, or {} x {}, one-hot", h[0], h[0], w[0]));
    }
}

void fit_bias(NetworkArrays& arrays) {
    if (!arrays.bias) {
        return;
    }
    Shape& b = arrays.bias->header.shape;
    const long long classes = arrays.classifier.header.shape[0];
    if (b.size() == 2 && (b[0] == 1 || b[1] == 1)) {
        b = {b[0] * b[1]};
    }
    if (!arrays.bias->header.type.is_floating() || b.size() != 1 || b[0] != classes) {
        throw InputError("holds " + arrays.bias->header.type.name() + " of shape " + files::shape_text(b),
                         arrays.bias->where,
                         fmt::format("{} floating-point numbers, one per class", classes));
    }
}

void require_memory(const NetworkArrays& arrays) {
    const Shape& h = arrays.features.header.shape;
    const auto samples = static_cast<double>(h[0]);
    const auto dimension = static_cast<double>(h[1]);
    const auto classes = static_cast<double>(arrays.classifier.header.shape[0]);
    const double chunk = std::max(dimension, 524288.0);
    // Of the K x d matrices two are of enclosures, six numbers large each.
    const double bytes = 4 * samples + 8 * (20 * classes * dimension + 9 * classes * classes + 60 * chunk);
    if (bytes > largest_bytes) {
        throw InputError(fmt::format("{} samples of {} features in {} classes need {:.1f} GB of memory", h[0],
                                     h[1], arrays.classifier.header.shape[0], bytes / 1e9),
                         arrays.features.where, fmt::format("at most {:.0f} GB", largest_bytes / 1e9));
    }
}

}  // namespace

const std::vector<std::string> bias_names = {"bias", "b", "classifier.bias", "fc.bias", "head.bias"};

NetworkArrays open_arrays(const NetworkFiles& files) {
    NetworkArrays arrays{.features = files::open_array(
                             files.features, "--features",
                             {"features", "feature", "H", "h", "X", "feats", "embeddings"}, files.eight_bits),
                         .labels = files::open_array(files.labels, "--labels",
                                                     {"labels", "label", "y", "Y", "targets", "target"}),
                         .classifier = files::open_array(files.classifier, "--classifier",
                                                         {"classifier", "W", "w", "weight",
                                                          "classifier.weight", "fc.weight", "head.weight"},
                                                         files.eight_bits)};
    if (!files.bias.empty()) {
        arrays.bias = files::open_array(files.bias, "--bias", bias_names, files.eight_bits);
    }
    return arrays;
}

Recognised recognise(NetworkArrays& arrays) {
    Recognised recognised;
    squeeze(arrays.features, 2, recognised);
    squeeze(arrays.classifier, 2, recognised);
    require_matrix(arrays.features, "N x d, one row per sample");
    require_matrix(arrays.classifier, "K x d, one row per class");
    fit_labels(arrays, recognised);
    fit_classifier(arrays, recognised);
    fit_bias(arrays);
    require_memory(arrays);
    if (recognised.one_hot) {
        recognised.said.push_back(arrays.labels.where + " was read as one-hot");
    }
    return recognised;
}

}  // namespace ncverify::measure
