// ncverify: the command line.
#include "cli/command_line.hpp"
#include "cli/door.hpp"
#include "cli/interruption.hpp"
#include "cli/options.hpp"

using namespace ncverify;

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
    cli::add_campaign(app, status);
    cli::add_bottleneck(app, status);
    cli::add_manual(app, status);
    return cli::run_program(app, argc, argv, status);
}
