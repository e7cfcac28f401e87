// The command line's grammar: commands, options, flags. CLI11, which does the work, is known to the .cpp file
// and to main alone: it costs every file that includes it twenty seconds of compilation.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace ncverify::cli {

enum class Need { optional, required };

/// A command of `app`; what it does is left to `on_run`.
CLI::App& add_command(CLI::App& app, const std::string& name, const std::string& help);

/// An option with a text, or where `name` has no dashes an argument. It must not be empty: "" would read as
/// if it had not been given. What `text` holds is the default, which the help shows.
void add_text(CLI::App& command, const std::string& name, std::string& text, const std::string& help,
              Need need = Need::optional);

/// The same, several times over: arguments one after the other, an option once for each text.
void add_texts(CLI::App& command, const std::string& name, std::vector<std::string>& texts,
               const std::string& help, Need need = Need::optional);

void add_flag(CLI::App& command, const std::string& name, bool& flag, const std::string& help);

/// What happens once the command's options have been read.
void on_run(CLI::App& command, std::function<void()> run);

}  // namespace ncverify::cli
