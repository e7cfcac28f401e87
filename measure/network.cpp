#include "measure/network.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "measure/network_elements.hpp"
#include "measure/network_labels.hpp"
#include "problem/errors.hpp"

namespace ncverify::measure {

namespace {

// @param name  makes the words for the place, for a message
template <typename Name>
double usable(const files::StoredArray& array, const std::byte* place, const Name& name) {
    double value = 0;
    files::to_doubles(array.header.type, place, {8, 8}, 1, 1, &value);
    if (!(std::abs(value) <= largest_entry)) {
        throw InputError(fmt::format("{} (counted from 0) is {}", name(), value), array.where,
                         "finite numbers of at most 1e100");
    }
    return value;
}

void read_classifier(Network& network) {
    const files::StoredArray& array = network.classifier_array;
    network.classifier.resize(array.header.shape[0], array.header.shape[1]);
    for_each_entry(array, [&](long long row, long long column, const std::byte* place) {
        network.classifier(row, column) =
            usable(array, place, [&] { return fmt::format("row {}, column {}", row, column); });
    });
}

void read_bias(Network& network) {
    const files::StoredArray& array = *network.bias_array;
    network.bias.resize(array.header.shape[0]);
    for_each_element(array, array.header.shape[0], [&](long long i, const std::byte* place) {
        network.bias[i] = usable(array, place, [&] { return fmt::format("number {}", i); });
    });
}

}  // namespace

long long Network::samples() const {
    return std::accumulate(counts.begin(), counts.end(), 0LL);
}

Network open_network(NetworkArrays arrays, const LabelReading& reading) {
    Recognised recognised = recognise(arrays);
    const auto classes = static_cast<long>(arrays.classifier.header.shape[0]);
    // Small things first: a wrong label is found before gigabytes of features are unpacked.
    Network network;
    network.labels_array = std::move(arrays.labels);
    network.classifier_array = std::move(arrays.classifier);
    network.bias_array = std::move(arrays.bias);
    network.read_as = std::move(recognised.said);
    read_labels(network, classes, reading, recognised.one_hot);
    read_classifier(network);
    if (network.bias_array) {
        read_bias(network);
    }
    network.features = files::RowReader(std::move(arrays.features));
    return network;
}

}  // namespace ncverify::measure
