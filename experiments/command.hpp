// What was asked for on the command line, as settings and data.
#pragma once

#include <filesystem>
#include <vector>

#include "cli/option.hpp"
#include "experiments/option_table.hpp"
#include "experiments/settings.hpp"
#include "experiments/training.hpp"

namespace ncverify::experiments {

using cli::Given;

struct Arguments {
    Given preset{option::preset}, cifar10{option::cifar10}, mnist{option::mnist}, out{option::out};
    Given weights{option::weights}, counts{option::counts};
    Given lambda_w{option::lambda_w}, lambda_h{option::lambda_h}, backbone_decay{option::backbone_decay};
    Given hidden{option::hidden}, learning_rate{option::learning_rate}, momentum{option::momentum};
    Given batch{option::batch}, epochs{option::epochs}, drop_epoch{option::drop_epoch};
    Given initialisation{option::initialisation}, augmentation{option::augmentation};
    Given seed{option::seed}, threads{option::threads};
    Given checkpoint_every{option::checkpoint_every}, metrics_every{option::metrics_every},
        until{option::until};

    /// All of them, as the help lists them.
    std::vector<Given*> all();
};

/// The preset's settings, and what the options say otherwise. Throws InputError.
Settings settings_of(const Arguments& arguments);

/// The folder of the run.
std::filesystem::path folder_of(const Arguments& arguments, const Settings& settings);

/// Images read, subset drawn. @param read  is told what the images are
/// Throws InputError.
Data data_of(const Arguments& arguments, const Settings& settings, std::string& read);

/// run.json: the settings, which images the subset consists of, and how they were standardised.
std::string run_text(const Settings& settings, const Data& data, const std::string& images);

/// What `ncverify measure` makes of the run, as a command line.
std::string measure_line(const Settings& settings, const std::filesystem::path& folder);

}  // namespace ncverify::experiments
