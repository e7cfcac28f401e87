// The command line's grammar: commands, options, flags. CLI11, which does the work, is known to the .cpp file
// alone: it costs every file that includes it ten seconds of compilation.
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

/// A program with commands, one of which must be given, and `--version`.
std::shared_ptr<CLI::App> make_app(const std::string& description, const std::string& version);

/// A program without commands, which is its own one command.
std::shared_ptr<CLI::App> make_program(const std::string& description, const std::string& version);

/// What became of a command line.
struct Reading {
    bool help = false;          ///< only help, or the version, was asked for, and has been printed
    std::string refused;        ///< why it is none of this program; "": it was carried out
    std::string expected = {};  ///< what would be right; "": commands and options as the help lists them
};

/// Reads the command line and carries out its command. Lets through what that throws.
Reading read_and_run(CLI::App& app, int argc, char** argv);

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

/// A command as `ncverify --help` lists it.
struct ListedCommand {
    std::string name, help;
    const CLI::App* command;
};

/// The commands of `app`, in the order in which they were added.
std::vector<ListedCommand> commands(const CLI::App& app);

/// What `app` is, as its help begins.
std::string description(const CLI::App& app);

/// What happens once the command's options have been read.
void on_run(CLI::App& command, std::function<void()> run);

}  // namespace ncverify::cli
