#include "experiments/preset.hpp"

#include "problem/errors.hpp"

namespace ncverify::experiments {

namespace {

constexpr const char* paper_counts = "100x2,200x2,300x2,400x2,500x2";

}  // namespace

const std::array<Preset, 5> presets = {{
    {"mlp1024", Architecture::mlp, 1024, Source::cifar10, paper_counts, "1e-4", "1e-5", "1e-4", 4000, 2000,
     10, "the paper's MLP of 1024 on CIFAR-10"},
    {"mlp2048", Architecture::mlp, 2048, Source::cifar10, paper_counts, "1e-4", "1e-5", "5e-5", 4000, 2000, 5,
     "the paper's MLP of 2048 on CIFAR-10"},
    {"resnet18", Architecture::resnet18, 512, Source::cifar10, paper_counts, "1e-4", "1e-5", "1e-4", 4000,
     2000, 1, "the paper's ResNet18 on CIFAR-10"},
    {"mlp256-mnist", Architecture::mlp, 256, Source::mnist, paper_counts, "1e-4", "1e-5", "2e-2", 4000, 2000,
     50, "an MLP of 256 on MNIST digits, counts and schedule of the paper"},
    {"small", Architecture::mlp, 16, Source::generated, "4,8,12,20", "1e-3", "1e-4", "1e-1", 200, 150, 5,
     "seconds on made-up images, to try the program"},
}};

std::string preset_names() {
    std::string names;
    for (std::size_t i = 0; i < presets.size(); ++i) {
        names += i == 0 ? "" : i + 1 == presets.size() ? " or " : ", ";
        names += presets[i].name;
    }
    return names;
}

const Preset& preset_named(const std::string& name, const std::string& where) {
    for (const Preset& preset : presets) {
        if (name == preset.name) {
            return preset;
        }
    }
    throw InputError("'" + printable(name) + "' is no preset", where, preset_names());
}

}  // namespace ncverify::experiments
