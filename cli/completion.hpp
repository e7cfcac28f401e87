// What completes command lines in a shell: commands, their options, and the words to choose from.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace ncverify::cli {

/// A file for bash, zsh or fish to load.
std::string bash_completion(const CLI::App& app);
std::string zsh_completion(const CLI::App& app);
std::string fish_completion(const CLI::App& app);

}  // namespace ncverify::cli
