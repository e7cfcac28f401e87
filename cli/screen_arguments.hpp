// What `ncverify screen` and `ncverify campaign screen` have in common: the options that decide a screen's
// cases and what solves them, and how a screen is printed.
#pragma once

#include <string>

#include "cli/options.hpp"
#include "screen/record.hpp"

namespace ncverify::cli {

struct ScreenChoices {
    Given device{option::device}, precision{option::precision};
    Given classes{option::screen_classes}, dim{option::screen_dim}, weights{option::screen_weights};
    Given engine{option::engine}, inject{option::inject};
};

void add_screen_choices(CLI::App& command, ScreenChoices& choices);

/// Cases 0 to random - 1 of this seed, on all cores of the CPU. Throws InputError.
screen::ScreenOptions screen_options(const ScreenChoices& choices, long random, std::uint64_t seed);

/// Whether to use a GPU: where there is one, unless told otherwise. Asked for in vain, it says so, and the
/// CPU does the work: the results are the same.
bool wants_gpu(const std::string& device);

/// A table of the claims, and what became of the cases.
void print_screen(const screen::ScreenRecord& record, double per_second);

}  // namespace ncverify::cli
