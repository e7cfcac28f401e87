// Data: loaders and what they refuse, the subset, its standardisation, the schedule, the presets.
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "experiments/preset.hpp"
#include "experiments/schedule.hpp"
#include "experiments/settings.hpp"
#include "experiments/subset.hpp"
#include "files/temporary_folder.hpp"
#include "problem/errors.hpp"

using namespace ncverify;
using namespace ncverify::experiments;
using Catch::Contains;

namespace {

using files::TemporaryFolder;

void write(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

// One record of CIFAR-10's binary version: a label, and 3072 pixels of one value.
std::string record(int label, int pixel) {
    return static_cast<char>(label) + std::string(3072, static_cast<char>(pixel));
}

void write_cifar10(const TemporaryFolder& folder) {
    for (int batch = 1; batch <= 5; ++batch) {
        write(folder.file("data_batch_" + std::to_string(batch) + ".bin"),
              record(batch, 10 * batch) + record(batch + 4, 200 + batch));
    }
}

std::string big_endian(std::initializer_list<unsigned> numbers) {
    std::string text;
    for (const unsigned number : numbers) {
        for (const unsigned shift : {24U, 16U, 8U, 0U}) {
            text += static_cast<char>(number >> shift & 255U);
        }
    }
    return text;
}

// Three images of 2 x 2.
void write_mnist(const TemporaryFolder& folder) {
    write(folder.file("train-images-idx3-ubyte"), big_endian({0x803, 3, 2, 2}) + "abcdefghijkl");
    write(folder.file("train-labels-idx1-ubyte"), big_endian({0x801, 3}) + std::string("\x07\x00\x09", 3));
}

std::string refusal(const std::function<void()>& work) {
    try {
        work();
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("CIFAR-10's binary files are read in their order, here or in the folder of the archive") {
    const TemporaryFolder folder;
    write_cifar10(folder);
    const Images images = read_cifar10(folder.path().string(), "--cifar10");
    REQUIRE(images.size() == 10);
    CHECK(images.labels == std::vector<std::uint8_t>{1, 5, 2, 6, 3, 7, 4, 8, 5, 9});
    CHECK(images.pixels.size() == 10 * 3072);
    CHECK(images.pixels[3072 * 9 + 5] == 205);
    const TemporaryFolder above;
    std::filesystem::copy(folder.path(), above.path() / "cifar-10-batches-bin");
    CHECK(read_cifar10(above.path().string(), "--cifar10").labels == images.labels);
}

TEST_CASE("CIFAR-10's files that lack, are cut off or have another label are refused by name") {
    const TemporaryFolder folder;
    const auto read = [&] { read_cifar10(folder.path().string(), "--cifar10"); };
    CHECK_THAT(refusal(read), Contains("--cifar10") && Contains("data_batch_1.bin"));
    write_cifar10(folder);
    write(folder.file("data_batch_3.bin"), record(1, 1).substr(0, 3000));
    CHECK_THAT(refusal(read), Contains("data_batch_3.bin") && Contains("3000 bytes") && Contains("3073"));
    write(folder.file("data_batch_3.bin"), "");
    CHECK_THAT(refusal(read), Contains("0 bytes"));
    write(folder.file("data_batch_3.bin"), record(10, 1));
    CHECK_THAT(refusal(read), Contains("image 4 has the label 10") && Contains("0 to 9"));
}

TEST_CASE("MNIST's files are read") {
    const TemporaryFolder folder;
    write_mnist(folder);
    const Images images = read_mnist(folder.path().string(), "--mnist");
    CHECK(images.labels == std::vector<std::uint8_t>{7, 0, 9});
    CHECK(images.height == 2);
    CHECK(images.width == 2);
    CHECK(images.pixels[11] == 'l');
}

TEST_CASE("MNIST's files that do not fit their headers or each other are refused") {
    const TemporaryFolder folder;
    const auto read = [&] { read_mnist(folder.path().string(), "--mnist"); };
    const std::string images = folder.file("train-images-idx3-ubyte");
    const std::string labels = folder.file("train-labels-idx1-ubyte");
    CHECK_THAT(refusal(read), Contains("train-images-idx3-ubyte"));
    const auto refused_with = [&](const std::string& text, const std::string& why) {
        write_mnist(folder);
        write(images, text);
        CHECK_THAT(refusal(read), Contains(why) && Contains("train-images-idx3-ubyte"));
    };
    refused_with("\x1f\x8b", "does not begin as an IDX file");
    refused_with(big_endian({0x801, 3, 2, 2}) + "abcdefghijkl", "does not begin as an IDX file");
    refused_with(big_endian({0x803, 3, 2, 2}) + "abcdefghijk", "has 27 bytes where its header says 28");
    refused_with(big_endian({0x803, 0, 2, 2}), "larger than it is, or empty");
    refused_with(big_endian({0x803, 0xffffffffU, 0xffffffffU, 0xffffffffU}) + "abc", "larger than it is");
    write_mnist(folder);
    write(labels, big_endian({0x801, 2}) + "ab");
    CHECK_THAT(refusal(read), Contains("has 3 images and 2 labels"));
    write(labels, big_endian({0x801, 3}) + std::string("\x01\x0b\x01", 3));
    CHECK_THAT(refusal(read), Contains("image 1 has the label 11"));
}

TEST_CASE("The subset has the counts asked for, without repetition, and another seed draws another one") {
    const Images images = generated_images({20, 30, 40}, 3);
    const Subset subset = draw_subset(images, {20, 5, 7}, 11, "--counts");
    REQUIRE(subset.indices.size() == 32);
    CHECK(std::set<long long>(subset.indices.begin(), subset.indices.end()).size() == 32);
    for (std::size_t i = 0; i < subset.indices.size(); ++i) {
        const auto label = subset.labels[i];
        CHECK(images.labels[static_cast<std::size_t>(subset.indices[i])] == label);
        CHECK(label == (i < 20 ? 0 : i < 25 ? 1 : 2));
    }
    CHECK(draw_subset(images, {20, 5, 7}, 11, "--counts").indices == subset.indices);
    CHECK(draw_subset(images, {20, 5, 7}, 12, "--counts").indices != subset.indices);
    // A class's images do not depend on how many another one has.
    const Subset fewer = draw_subset(images, {1, 5, 7}, 11, "--counts");
    CHECK(std::equal(fewer.indices.begin() + 1, fewer.indices.end(), subset.indices.begin() + 20));
    CHECK_THAT(refusal([&] {
                   draw_subset(images, {20, 31, 7}, 1, "--counts");
               }),
               Contains("class 1 has 30 images, not 31"));
}

TEST_CASE("Every image of a class is drawn as often as another") {
    const Images images = generated_images({6}, 3);
    std::vector<int> drawn(6);
    constexpr int times = 6000;
    for (int seed = 0; seed < times; ++seed) {
        for (const long long index : draw_subset(images, {2}, static_cast<std::uint64_t>(seed), "").indices) {
            ++drawn[static_cast<std::size_t>(index)];
        }
    }
    for (const int often : drawn) {  // binomial of 6000 and 1/3: six standard deviations
        CHECK(std::abs(often - times / 3) < 6 * std::sqrt(times * 2.0 / 9));
    }
}

TEST_CASE("What the network is shown has mean 0 and standard deviation 1") {
    const Images images = generated_images({5, 9}, 2);
    const Inputs inputs = standardised(images, draw_subset(images, {5, 7}, 1, ""));
    double sum = 0, squares = 0;
    for (const float value : inputs.values) {
        sum += value;
        squares += value * value;
    }
    const auto number = static_cast<double>(inputs.values.size());
    CHECK(inputs.values.size() == 12 * 16);
    CHECK(sum / number == Approx(0).margin(1e-6));
    CHECK(squares / number == Approx(1).epsilon(1e-5));
}

TEST_CASE("Snapshots thin out, and stand at the ends and where the rate drops") {
    std::vector<long> epochs;
    for (long epoch = 0; epoch <= 4000; ++epoch) {
        if (is_snapshot(epoch, 2000, 4000)) {
            epochs.push_back(epoch);
        }
    }
    CHECK(std::vector<long>(epochs.begin(), epochs.begin() + 8) == std::vector<long>{0, 1, 2, 3, 4, 5, 6, 7});
    CHECK(std::count(epochs.begin(), epochs.end(), 2000) == 1);
    CHECK(epochs.back() == 4000);
    CHECK(epochs.size() < 60);
    CHECK(is_measured(40, 20, 2000, 4000));
    CHECK_FALSE(is_measured(41, 20, 2000, 4000));
}

TEST_CASE("The presets are the paper's") {
    for (const auto& [name, hidden, rate] :
         {std::tuple{"mlp1024", 1024, "1e-4"}, std::tuple{"mlp2048", 2048, "5e-5"},
          std::tuple{"resnet18", 512, "1e-4"}}) {
        const Preset preset = preset_named(name, "--preset");
        CHECK(preset.hidden == hidden);
        CHECK(std::string(preset.learning_rate) == rate);
        CHECK(std::string(preset.lambda_w) == "1e-4");
        CHECK(std::string(preset.lambda_h) == "1e-5");
        CHECK(preset.epochs == 4000);
        CHECK(preset.drop_epoch == 2000);
        CHECK(parse_counts(preset.counts, "") ==
              std::vector<long long>{100, 100, 200, 200, 300, 300, 400, 400, 500, 500});
    }
    CHECK_THAT(refusal([] { preset_named("mlp512", "--preset"); }), Contains("mlp1024, mlp2048, resnet18"));
}

TEST_CASE("The rate is a tenth from the epoch after the drop on") {
    Settings settings;
    settings.learning_rate = {"1e-2", 1e-2};
    settings.drop_epoch = 5;
    CHECK(settings.rate_in(5) == 1e-2);
    CHECK(settings.rate_in(6) == 1e-3);
}

TEST_CASE("Class weights are those of the rules") {
    Settings settings;
    settings.configuration = make_configuration({1, 4, 4}, "1", "1");
    CHECK(settings.omega() == std::vector<float>{1, 1, 1});
    settings.configuration = with_weights(settings.configuration, std::vector<std::string>{"balanced"});
    CHECK(settings.omega() == std::vector<float>{3, 0.75F, 0.75F});
    settings.configuration = with_weights(settings.configuration, std::vector<std::string>{"inverse-sqrt"});
    CHECK(settings.omega()[0] == Approx(std::sqrt(3.0)));
    CHECK(settings.omega()[1] == Approx(std::sqrt(0.75)));
}
