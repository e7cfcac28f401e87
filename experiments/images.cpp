#include "experiments/images.hpp"

#include <algorithm>
#include <filesystem>

#include "files/read_file.hpp"
#include "problem/errors.hpp"
#include "problem/random.hpp"

namespace ncverify::experiments {

namespace {

namespace fs = std::filesystem;

std::string read_whole(const fs::path& path, const std::string& where) {
    return files::read_file(path.string(), where + " " + printable(path.string()));
}

std::uint8_t byte_at(const std::string& text, std::size_t place) {
    return static_cast<std::uint8_t>(text[place]);
}

void append(std::vector<std::uint8_t>& bytes, const std::string& text, std::size_t begin, std::size_t end) {
    bytes.insert(bytes.end(), text.begin() + static_cast<std::ptrdiff_t>(begin),
                 text.begin() + static_cast<std::ptrdiff_t>(end));
}

// Four bytes, the most significant first.
std::size_t big_endian(const std::string& text, std::size_t place) {
    std::size_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        number = 256 * number + byte_at(text, place + i);
    }
    return number;
}

// Labels of ten classes. Throws where one is larger.
void check_labels(const Images& images, const std::string& where) {
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (images.labels[i] > 9) {
            throw InputError(
                "image " + std::to_string(i) + " has the label " + std::to_string(images.labels[i]), where,
                "labels from 0 to 9");
        }
    }
}

// An IDX file's extents; its numbers follow them. Throws where it is none of bytes in so many dimensions.
std::vector<std::size_t> idx_extents(const std::string& text, std::size_t dimensions,
                                     const std::string& where) {
    const std::size_t header = 4 + 4 * dimensions;
    if (text.size() < header || big_endian(text, 0) != 0x800 + dimensions) {
        throw InputError("does not begin as an IDX file of bytes in " + std::to_string(dimensions) +
                             (dimensions == 1 ? " dimension" : " dimensions"),
                         where, "the file as MNIST has it, unpacked (gunzip)");
    }
    std::vector<std::size_t> extents;
    std::size_t numbers = 1;
    for (std::size_t i = 0; i < dimensions; ++i) {
        extents.push_back(big_endian(text, 4 + 4 * i));
        // No product overflows: none goes beyond what the file can hold.
        if (extents.back() == 0 || extents.back() > text.size() || numbers > text.size() / extents.back()) {
            throw InputError("says that it is larger than it is, or empty", where, "a whole file");
        }
        numbers *= extents.back();
    }
    if (text.size() != header + numbers) {
        throw InputError("has " + std::to_string(text.size()) + " bytes where its header says " +
                             std::to_string(header + numbers),
                         where, "a whole file");
    }
    return extents;
}

}  // namespace

Images read_cifar10(const std::string& folder, const std::string& where) {
    constexpr std::size_t record = 1 + 3 * 32 * 32;
    std::error_code ignored;
    const fs::path below = fs::path(folder) / "cifar-10-batches-bin";
    const fs::path files = fs::is_directory(below, ignored) ? below : fs::path(folder);
    Images images{.channels = 3, .height = 32, .width = 32, .source = "CIFAR-10, training set"};
    for (int batch = 1; batch <= 5; ++batch) {
        const fs::path path = files / ("data_batch_" + std::to_string(batch) + ".bin");
        const std::string text = read_whole(path, where);
        if (text.empty() || text.size() % record != 0) {
            throw InputError("has " + std::to_string(text.size()) + " bytes",
                             where + " " + printable(path.string()),
                             "records of 3073 bytes, as in CIFAR-10's binary version");
        }
        for (std::size_t place = 0; place < text.size(); place += record) {
            images.labels.push_back(byte_at(text, place));
            append(images.pixels, text, place + 1, place + record);
        }
    }
    check_labels(images, where);
    return images;
}

Images read_mnist(const std::string& folder, const std::string& where) {
    const fs::path images_path = fs::path(folder) / "train-images-idx3-ubyte";
    const fs::path labels_path = fs::path(folder) / "train-labels-idx1-ubyte";
    const std::string text = read_whole(images_path, where);
    const std::string labels = read_whole(labels_path, where);
    const auto extents = idx_extents(text, 3, where + " " + printable(images_path.string()));
    const auto label_extents = idx_extents(labels, 1, where + " " + printable(labels_path.string()));
    if (extents[0] != label_extents[0]) {
        throw InputError("has " + std::to_string(extents[0]) + " images and " +
                             std::to_string(label_extents[0]) + " labels",
                         where, "a label for each image");
    }
    if (extents[1] > 1024 || extents[2] > 1024) {
        throw InputError(
            "has images of " + std::to_string(extents[1]) + " x " + std::to_string(extents[2]) + " pixels",
            where, "at most 1024 x 1024");
    }
    Images images{.channels = 1,
                  .height = static_cast<long>(extents[1]),
                  .width = static_cast<long>(extents[2]),
                  .source = "MNIST digits"};
    append(images.pixels, text, 16, text.size());
    append(images.labels, labels, 8, labels.size());
    check_labels(images, where);
    return images;
}

Images generated_images(const std::vector<long long>& counts, std::uint64_t seed) {
    Images images{.channels = 1, .height = 4, .width = 4, .source = "made up"};
    for (std::size_t k = 0; k < counts.size(); ++k) {
        Random random(split_seed(seed, k));
        std::vector<double> pattern(images.pixels_each());
        std::generate(pattern.begin(), pattern.end(), [&] { return 160 * random.uniform(); });
        for (long long i = 0; i < counts[k]; ++i) {
            images.labels.push_back(static_cast<std::uint8_t>(k));
            for (const double value : pattern) {
                images.pixels.push_back(static_cast<std::uint8_t>(value + 96 * random.uniform()));
            }
        }
    }
    return images;
}

}  // namespace ncverify::experiments
