// Presets: the paper's experiments, and smaller ones, by name.
#pragma once

#include <array>
#include <string>

namespace ncverify::experiments {

enum class Architecture {
    mlp,      ///< five layers of `hidden` rectified units, then W: six layers in all
    resnet18  ///< He et al. 2016 in its form for 32 x 32 images: 3 x 3 stem, no pooling before the stages
};

enum class Source {
    cifar10,   ///< --cifar10: the binary version's five training files
    mnist,     ///< --mnist: MNIST's own format, or what experiments/fetch-digits writes in it
    generated  ///< blobs of noise that the program makes itself
};

/// A row of `presets`. What the paper does not say (momentum, initialisation, augmentation, decay of the
/// backbone) is an option of its own with a default of its own (option_table.hpp).
struct Preset {
    const char* name;
    Architecture architecture;
    long hidden;  ///< units of every layer of the MLP, d; 512 for the ResNet18
    Source source;
    const char *counts, *lambda_w, *lambda_h, *learning_rate;
    long epochs, drop_epoch;  ///< after drop_epoch epochs the learning rate is a tenth
    long checkpoint_every;    ///< epochs
    const char* of;           ///< what it is, for the help
};

inline constexpr const char* paper_counts = "100x2,200x2,300x2,400x2,500x2";

/// The first three are Section 5.2 of the paper; so are all numbers of the fourth but size, images and rate.
inline constexpr std::array<Preset, 5> presets = {{
    {"mlp1024", Architecture::mlp, 1024, Source::cifar10, paper_counts, "1e-4", "1e-5", "1e-4", 4000, 2000,
     10, "the paper's MLP of 1024 on CIFAR-10"},
    {"mlp2048", Architecture::mlp, 2048, Source::cifar10, paper_counts, "1e-4", "1e-5", "5e-5", 4000, 2000, 5,
     "the paper's MLP of 2048 on CIFAR-10"},
    {"resnet18", Architecture::resnet18, 512, Source::cifar10, paper_counts, "1e-4", "1e-5", "1e-4", 4000,
     2000, 1, "the paper's ResNet18 on CIFAR-10"},
    {"mlp256-mnist", Architecture::mlp, 256, Source::mnist, paper_counts, "1e-4", "1e-5", "2e-2", 4000, 2000,
     50, "an MLP of 256 on MNIST digits, counts and schedule of the paper"},
    {"small", Architecture::mlp, 16, Source::generated, "4,8,12,20", "1e-3", "1e-4", "5e-2", 60, 30, 5,
     "seconds on made-up images, to try the program"},
}};

/// The preset of this name. Throws InputError naming `where`.
const Preset& preset_named(const std::string& name, const std::string& where);

/// "mlp1024, mlp2048, .. or small".
std::string preset_names();

}  // namespace ncverify::experiments
