// ncverify: the command line. Bad input is caught here, once, and becomes one line and status 2.
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "cli/interruption.hpp"
#include "cli/messages.hpp"
#include "cli/options.hpp"
#include "problem/errors.hpp"
#include "problem/suggestion.hpp"

namespace {

using namespace ncverify;

// What was printed may still be on its way.
int printed(int status) {
    std::cout.flush();
    if (!std::cout) {
        cli::say("cannot write to standard output");
        return cli::status_bad_input;
    }
    return status;
}

// For the first word that neither names a command nor an option of the chosen one: what may have been meant.
std::string meant(const CLI::App& app, int argc, char** argv) {
    std::vector<std::string> commands;
    const CLI::App* chosen = nullptr;
    for (const CLI::App* command : app.get_subcommands({})) {
        commands.push_back(command->get_name());
        chosen = argc > 1 && command->get_name() == argv[1] ? command : chosen;
    }
    if (chosen == nullptr) {
        return argc > 1 ? ncverify::suggestion(argv[1], commands) : "";
    }
    std::vector<std::string> options{"--help"};
    for (const CLI::Option* option : chosen->get_options()) {
        options.push_back(option->get_name());
    }
    for (int i = 2; i < argc; ++i) {
        const std::string word = std::string(argv[i]).substr(0, std::string(argv[i]).find('='));
        if (word.starts_with("--") && std::find(options.begin(), options.end(), word) == options.end()) {
            return ncverify::suggestion(word, options);
        }
    }
    return "";
}

// The status of a command line, its help and version included.
int run(CLI::App& app, int argc, char** argv, const int& status) {
    try {
        app.parse(argc, argv);
        return printed(status);
    } catch (const CLI::Success& help) {
        return printed(app.exit(help));
    } catch (const CLI::ParseError& error) {
        cli::say(error.what() + meant(app, argc, argv) +
                 std::string("; expected a command and options as `ncverify --help` lists them"));
    } catch (const InputError& error) {
        cli::say(error.what());
    } catch (const std::bad_alloc&) {
        cli::say(
            "not enough memory for this size; expected fewer classes, a smaller --dim or fewer --digits");
    } catch (const std::exception& error) {
        cli::say("this should not have happened (" + std::string(error.what()) +
                 "); expected a report of this command line to the authors");
    }
    return cli::status_bad_input;
}

}  // namespace

int main(int argc, char** argv) {
    cli::leave_on_signals();
    CLI::App app{
        "ncverify puts the theory of neural collapse for imbalanced cross-entropy learning on trial."};
    app.require_subcommand(1);
    app.set_version_flag("--version", NCVERIFY_VERSION);
    int status = cli::status_ok;
    cli::add_verify(app, status);
    cli::add_theory(app, status);
    cli::add_weights(app, status);
    cli::add_solve(app, status);
    cli::add_certify(app, status);
    cli::add_claims(app, status);
    cli::add_mutants(app, status);
    cli::add_prove(app, status);
    cli::add_measure(app, status);
    cli::add_report(app, status);
    cli::add_screen(app, status);
    return run(app, argc, argv, status);
}
