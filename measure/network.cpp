#include "measure/network.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "problem/errors.hpp"

namespace ncverify::measure {

namespace {

constexpr double largest_bytes = 8e9;

void require_matrix(const files::StoredArray& array, const std::string& meaning) {
    if (!array.header.type.is_floating()) {
        throw InputError("holds elements of type " + array.header.type.name(), array.where,
                         "float16, bfloat16, float32 or float64");
    }
    const auto& shape = array.header.shape;
    if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0) {
        // Pooling leaves N x d x 1 x 1.
        const bool pooled = shape.size() > 2 && shape[0] > 0 && shape[1] > 0 &&
                            std::all_of(shape.begin() + 2, shape.end(), [](long long n) { return n == 1; });
        throw InputError(
            "has shape " + files::shape_text(shape), array.where,
            meaning + (pooled ? fmt::format(": reshape({}, {}) is that", shape[0], shape[1]) : ""));
    }
}

// That there is a label for each sample. What looks like the right array in another form is called by name.
void require_labels(const files::StoredArray& features, const files::StoredArray& labels, long long classes) {
    const auto& h = features.header.shape;
    const auto& y = labels.header.shape;
    const bool list = y.size() == 1 || (y.size() == 2 && y[1] == 1);
    const bool one_hot = y.size() == 2 && !list && (y[0] == classes || y[1] == classes);
    if (list && y[0] == h[0]) {
        return;
    }
    const long long labelled = list ? y[0] : one_hot ? y[y[1] == classes ? 0 : 1] : 0;
    if (labelled == h[1] && labelled != h[0]) {
        throw InputError("has shape " + files::shape_text(h), features.where,
                         "N x d, one row per sample: " + std::to_string(labelled) +
                             " rows, as there are so many labels (it looks transposed, d x N)");
    }
    std::string hint;
    if (one_hot) {
        hint = " (these look one-hot: numpy.argmax(labels, axis=" + std::to_string(y[1] == classes ? 1 : 0) +
               ") is the list)";
    }
    throw InputError("has shape " + files::shape_text(y), labels.where,
                     std::to_string(h[0]) + " labels, one per row of the features" + hint);
}

void require_fit(const files::StoredArray& features, const files::StoredArray& labels,
                 const files::StoredArray& classifier) {
    require_matrix(features, "N x d, one row per sample");
    require_matrix(classifier, "K x d, one row per class");
    const auto& h = features.header.shape;
    const auto& w = classifier.header.shape;
    require_labels(features, labels, w[0]);
    if (w[1] != h[1]) {
        throw InputError("has shape " + files::shape_text(w), classifier.where,
                         "K x " + std::to_string(h[1]) + ", as the features have " + std::to_string(h[1]) +
                             " columns" + (w[0] == h[1] ? " (it looks transposed)" : ""));
    }
    if (w[0] < 2 || w[0] > largest_class_number) {
        throw InputError("has " + std::to_string(w[0]) + " rows", classifier.where,
                         "2 to " + std::to_string(largest_class_number) + " classes, one row each");
    }
    const auto samples = static_cast<double>(h[0]);
    const auto dimension = static_cast<double>(h[1]);
    const auto classes = static_cast<double>(w[0]);
    const double chunk = std::max(dimension, 262144.0);
    // Of the K x d matrices two are of enclosures, six numbers large each.
    const double bytes = 4 * samples + 8 * (20 * classes * dimension + 5 * classes * classes + 60 * chunk);
    if (bytes > largest_bytes) {
        throw InputError(fmt::format("{} samples of {} features in {} classes need {:.1f} GB of memory", h[0],
                                     h[1], w[0], bytes / 1e9),
                         features.where, fmt::format("at most {:.0f} GB", largest_bytes / 1e9));
    }
}

// Calls each(i, place) for every element of the array in the order of its bytes, a piece at a time.
template <typename Each>
void for_each_element(const files::StoredArray& array, long long count, Each each) {
    const std::size_t size = array.header.type.size;
    const long long most = (1LL << 20) / static_cast<long long>(size);
    std::vector<std::byte> piece(static_cast<std::size_t>(std::min(most, count)) * size);
    for (long long first = 0; first < count; first += most) {
        const long long part = std::min(most, count - first);
        array.bytes->read(static_cast<std::uint64_t>(first) * size, piece.data(),
                          static_cast<std::size_t>(part) * size);
        for (long long i = 0; i < part; ++i) {
            each(first + i, piece.data() + static_cast<std::size_t>(i) * size);
        }
    }
}

[[noreturn]] void bad_label(const files::StoredArray& array, long long sample, const std::byte* place,
                            long classes, bool from_one) {
    std::string text;
    if (const auto whole = files::to_whole_number(array.header.type, place)) {
        text = std::to_string(*whole);
    } else if (array.header.type.is_floating()) {
        double value = 0;
        files::to_doubles(array.header.type, place, {8, 8}, 1, 1, &value);
        text = fmt::format("{}", value);
    } else {
        text = "out of range";
    }
    throw InputError("label " + std::to_string(sample) + " (counted from 0) is " + text, array.where,
                     "a whole number from 0 to " + std::to_string(classes - 1) + ", the classifier having " +
                         std::to_string(classes) + " rows" +
                         (from_one ? " (these look counted from 1)" : ""));
}

void read_labels(Network& network, long classes, long long samples) {
    network.labels.reserve(static_cast<std::size_t>(samples));
    network.counts.assign(static_cast<std::size_t>(classes), 0);
    for_each_element(network.labels_array, samples, [&](long long i, const std::byte* place) {
        const auto label = files::to_whole_number(network.labels_array.header.type, place);
        if (!label || *label < 0 || *label >= classes) {
            bad_label(network.labels_array, i, place, classes,
                      label && *label == classes && network.counts[0] == 0);
        }
        network.labels.push_back(static_cast<std::int32_t>(*label));
        ++network.counts[static_cast<std::size_t>(*label)];
    });
    const auto empty = std::find(network.counts.begin(), network.counts.end(), 0);
    if (empty != network.counts.end()) {
        const auto missing = std::count(network.counts.begin(), network.counts.end(), 0);
        throw InputError("class " + std::to_string(empty - network.counts.begin()) +
                             (missing > 1 ? " (and " + std::to_string(missing - 1) + " more)" : "") +
                             " has no sample",
                         network.labels_array.where,
                         "a sample of each of the classifier's " + std::to_string(classes) + " classes");
    }
}

void read_classifier(Network& network) {
    const auto& shape = network.classifier_array.header.shape;
    const bool by_columns = network.classifier_array.header.fortran_order;
    const long long fast = by_columns ? shape[0] : shape[1];
    const files::ElementType& type = network.classifier_array.header.type;
    network.classifier.resize(shape[0], shape[1]);
    for_each_element(network.classifier_array, shape[0] * shape[1], [&](long long i, const std::byte* place) {
        const Eigen::Index row = by_columns ? i % fast : i / fast;
        const Eigen::Index column = by_columns ? i / fast : i % fast;
        double& value = network.classifier(row, column);
        files::to_doubles(type, place, {8, 8}, 1, 1, &value);
        if (!(std::abs(value) <= largest_entry)) {
            throw InputError(fmt::format("row {}, column {} (counted from 0) is {}", row, column, value),
                             network.classifier_array.where, "finite numbers of at most 1e100");
        }
    });
}

}  // namespace

NetworkArrays open_arrays(const NetworkFiles& files) {
    return {.features = files::open_array(files.features, "--features",
                                          {"features", "feature", "H", "h", "X", "feats", "embeddings"}),
            .labels = files::open_array(files.labels, "--labels",
                                        {"labels", "label", "y", "Y", "targets", "target"}),
            .classifier = files::open_array(
                files.classifier, "--classifier",
                {"classifier", "W", "w", "weight", "classifier.weight", "fc.weight", "head.weight"})};
}

Network open_network(NetworkArrays arrays) {
    require_fit(arrays.features, arrays.labels, arrays.classifier);
    const long long samples = arrays.features.header.shape[0];
    const auto classes = static_cast<long>(arrays.classifier.header.shape[0]);
    // Small things first: a wrong label is found before gigabytes of features are unpacked.
    Network network{files::RowReader(), std::move(arrays.labels), {}, {}, std::move(arrays.classifier), {}};
    read_labels(network, classes, samples);
    read_classifier(network);
    network.features = files::RowReader(std::move(arrays.features));
    return network;
}

}  // namespace ncverify::measure
