// ncverify-mpi: `ncverify campaign run` on the ranks of an MPI job. A program of its own, so that ncverify
// needs no MPI.
#include <mpi.h>

#include <optional>

#include "cli/campaign_arguments.hpp"
#include "cli/campaign_run.hpp"
#include "cli/command_line.hpp"
#include "cli/door.hpp"
#include "cli/interruption.hpp"
#include "mpi/ranks.hpp"
#include "problem/errors.hpp"

namespace {

using namespace ncverify;

int run(const cli::CampaignArguments& arguments) {
    cli::check_action(arguments);
    if (arguments.action.text != "run") {
        throw InputError("'" + arguments.action.text + "' takes one process", "ACTION",
                         "run; all else is done by ncverify");
    }
    // Refused by all ranks or by none.
    const campaign::Plan plan = cli::asked_plan(arguments);
    if (!cli::asked_shard(arguments).whole() && mpi::ranks() > 1) {
        throw InputError("given to several ranks", arguments.shard.row.name, "one or the other");
    }
    const int threads = arguments.common.job_count();
    if (mpi::rank() > 0) {
        cli::Interruption interruption("");
        mpi::serve(plan, threads, interruption.requested());
        interruption.work_has_ended();
        return cli::status_ok;
    }
    try {
        const int status = cli::run_campaign(arguments, [&](const campaign::Plan& stored) {
            return std::make_unique<mpi::Ranks>(stored, threads);
        });
        mpi::dismiss();
        return status;
    } catch (...) {
        mpi::dismiss();
        throw;
    }
}

}  // namespace

int main(int argc, char** argv) {
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    cli::leave_on_signals(cli::Sender::launcher);
    const auto owner = cli::make_app("ncverify-mpi runs campaigns of ncverify on the ranks of an MPI job.",
                                     NCVERIFY_VERSION);
    int status = cli::status_ok;
    cli::CampaignArguments arguments;
    CLI::App& command = cli::add_command(*owner, "campaign",
                                         "Try millions of cases on all ranks; `mpirun -n P ncverify-mpi ..`");
    cli::add_campaign_options(command, arguments);
    cli::on_run(command, [&] { status = run(arguments); });
    // What is refused is refused by every rank, and said by one.
    status = cli::run_program(*owner, argc, argv, status, mpi::rank() == 0);
    cli::ignore_signals();  // ranks end one after the other, and mpirun may send those that are left a signal
    MPI_Finalize();
    return status;
}
