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

/// The first three are Section 5.2 of the paper; so are all numbers of the fourth but size, images and rate.
extern const std::array<Preset, 5> presets;

/// The preset of this name. Throws InputError naming `where`.
const Preset& preset_named(const std::string& name, const std::string& where);

/// "mlp1024, mlp2048, .. or small".
std::string preset_names();

}  // namespace ncverify::experiments
