// ncverify: the command line. Bad input is caught here, once, and becomes one line and status 2.
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/options.hpp"
#include "problem/errors.hpp"

namespace {

// For commands that keep nothing half-done; `verify` installs its own handler.
void leave_at_once(int) {
    _exit(ncverify::cli::status_interrupted);
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
        std::cerr << "ncverify: " << error.what()
                  << "; expected a command and options as `ncverify --help` lists them\n";
    } catch (const InputError& error) {
        std::cerr << "ncverify: " << error.what() << "\n";
    } catch (const std::bad_alloc&) {
        std::cerr << "ncverify: not enough memory for this size; expected fewer classes, a smaller --dim or "
                     "fewer --digits\n";
    }
    return cli::status_bad_input;
}
