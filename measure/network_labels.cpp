#include "measure/network_labels.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "measure/network_elements.hpp"
#include "problem/errors.hpp"

namespace ncverify::measure {

namespace {

std::string text_of(const files::StoredArray& array, const std::byte* place) {
    if (const auto whole = files::to_whole_number(array.header.type, place)) {
        return std::to_string(*whole);
    }
    if (!array.header.type.is_floating()) {
        return "out of range";
    }
    double value = 0;
    files::to_doubles(array.header.type, place, {8, 8}, 1, 1, &value);
    return fmt::format("{}", value);
}

[[noreturn]] void bad_label(const files::StoredArray& array, long long sample, const std::byte* place,
                            long classes, bool from_one) {
    const std::string text = text_of(array, place);
    const auto whole = files::to_whole_number(array.header.type, place);
    std::string hint;
    if (from_one) {
        hint = " (these look counted from 1)";
    } else if (whole && *whole < 0) {
        hint = " (--ignore-label " + text + " leaves such samples out)";
    }
    throw InputError("label " + std::to_string(sample) + " (counted from 0) is " + text, array.where,
                     "a whole number from 0 to " + std::to_string(classes - 1) + ", the classifier having " +
                         std::to_string(classes) + " rows" + hint);
}

void read_list(Network& network, long classes, const LabelReading& reading) {
    const files::StoredArray& array = network.labels_array;
    const long long rows = array.header.shape[0];
    network.labels.reserve(static_cast<std::size_t>(rows));
    for_each_element(array, rows, [&](long long i, const std::byte* place) {
        const auto label = files::to_whole_number(array.header.type, place);
        if (label && reading.ignored_label && *label == *reading.ignored_label) {
            network.labels.push_back(Network::ignored);
            return;
        }
        if (!label || *label < 0 || *label >= classes) {
            bad_label(array, i, place, classes, label && *label == classes && network.counts[0] == 0);
        }
        network.labels.push_back(static_cast<std::int32_t>(*label));
        ++network.counts[static_cast<std::size_t>(*label)];
    });
}

void read_one_hot(Network& network) {
    const files::StoredArray& array = network.labels_array;
    constexpr std::int32_t open = -2;
    network.labels.assign(static_cast<std::size_t>(array.header.shape[0]), open);
    const auto refuse = [&](long long row, const std::string& what) {
        throw InputError("row " + std::to_string(row) + " (counted from 0) " + what, array.where,
                         "a single 1 and zeros in every row of one-hot labels, or a list of class numbers");
    };
    for_each_entry(array, [&](long long row, long long column, const std::byte* place) {
        const auto value = files::to_whole_number(array.header.type, place);
        if (!value || *value < 0 || *value > 1) {
            refuse(row, "holds " + text_of(array, place));
        }
        std::int32_t& label = network.labels[static_cast<std::size_t>(row)];
        if (*value == 1) {
            if (label != open) {
                refuse(row, "holds more than one 1");
            }
            label = static_cast<std::int32_t>(column);
            ++network.counts[static_cast<std::size_t>(column)];
        }
    });
    const auto none = std::find(network.labels.begin(), network.labels.end(), open);
    if (none != network.labels.end()) {
        refuse(none - network.labels.begin(), "holds no 1");
    }
}

}  // namespace

void read_labels(Network& network, long classes, const LabelReading& reading, bool one_hot) {
    network.counts.assign(static_cast<std::size_t>(classes), 0);
    if (one_hot) {
        read_one_hot(network);
    } else {
        read_list(network, classes, reading);
    }
    if (network.samples() == 0) {
        throw InputError("leaves no sample", network.labels_array.where, "labels that are not all ignored");
    }
    const auto empty = std::find(network.counts.begin(), network.counts.end(), 0);
    if (empty != network.counts.end() && !reading.may_be_absent) {
        const auto missing = std::count(network.counts.begin(), network.counts.end(), 0);
        throw InputError("class " + std::to_string(empty - network.counts.begin()) +
                             (missing > 1 ? " (and " + std::to_string(missing - 1) + " more)" : "") +
                             " has no sample",
                         network.labels_array.where,
                         "a sample of each of the classifier's " + std::to_string(classes) +
                             " classes, or --counts with those that it was trained on");
    }
}

}  // namespace ncverify::measure
