// The manual page of the program, and those of its commands, made of the same rows as their help.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace ncverify::cli {

/// ncverify(1), in roff's man macros.
std::string man_page(const CLI::App& app);
/// ncverify-COMMAND(1). Throws InputError where there is no such command.
std::string man_page(const CLI::App& app, const std::string& command);

}  // namespace ncverify::cli
