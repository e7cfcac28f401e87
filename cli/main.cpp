// ncverify: the command line. Bad input is caught here, once, and becomes one line and status 2.
#include <exception>
#include <iostream>

#include "cli/command_line.hpp"
#include "cli/interruption.hpp"
#include "cli/messages.hpp"
#include "cli/options.hpp"
#include "problem/errors.hpp"

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

// The status of a command line, its help and version included.
int run(CLI::App& app, int argc, char** argv, const int& status) {
    try {
        const cli::Reading reading = cli::read_and_run(app, argc, argv);
        if (reading.refused.empty()) {
            return printed(reading.help ? cli::status_ok : status);
        }
        cli::say(reading.refused + "; expected a command and options as `ncverify --help` lists them");
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
    const auto owner = cli::make_app(
        "ncverify puts the theory of neural collapse for imbalanced cross-entropy learning on trial.",
        NCVERIFY_VERSION);
    CLI::App& app = *owner;
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
    cli::add_bottleneck(app, status);
    cli::add_manual(app, status);
    return run(app, argc, argv, status);
}
