// ncverify: the command line. Bad input is caught here, once, and becomes one line and status 2.
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/options.hpp"
#include "problem/errors.hpp"
#include "problem/suggestion.hpp"

namespace {

// For commands that keep nothing half-done; `verify` installs its own handler.
void leave_at_once(int) {
    _exit(ncverify::cli::status_interrupted);
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

}  // namespace

int main(int argc, char** argv) {
    using namespace ncverify;
    ::signal(SIGINT, leave_at_once);
    CLI::App app{
        "ncverify puts the theory of neural collapse for imbalanced cross-entropy learning on trial."};
    app.require_subcommand(1);
    app.set_version_flag("--version", NCVERIFY_VERSION);
    int status = cli::status_ok;
    cli::add_verify(app, status);
    cli::add_theory(app, status);
    cli::add_solve(app, status);
    cli::add_certify(app, status);
    cli::add_claims(app, status);
    cli::add_mutants(app, status);
    cli::add_prove(app, status);
    cli::add_measure(app, status);
    cli::add_report(app, status);
    cli::add_screen(app, status);
    try {
        app.parse(argc, argv);
        std::cout.flush();
        if (!std::cout) {
            std::cerr << "ncverify: cannot write to standard output\n";
            return cli::status_bad_input;
        }
        return status;
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help);
    } catch (const CLI::CallForAllHelp& help) {
        return app.exit(help);
    } catch (const CLI::CallForVersion& version) {
        return app.exit(version);
    } catch (const CLI::ParseError& error) {
        std::cerr << "ncverify: " << error.what() << meant(app, argc, argv)
                  << "; expected a command and options as `ncverify --help` lists them\n";
    } catch (const InputError& error) {
        std::cerr << "ncverify: " << error.what() << "\n";
    } catch (const std::bad_alloc&) {
        std::cerr << "ncverify: not enough memory for this size; expected fewer classes, a smaller --dim or "
                     "fewer --digits\n";
    }
    return cli::status_bad_input;
}
