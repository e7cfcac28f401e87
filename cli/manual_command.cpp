// ncverify manual: manual pages, and completions for shells.
#include <iostream>

#include "cli/completion.hpp"
#include "cli/manual.hpp"
#include "cli/options.hpp"
#include "problem/errors.hpp"

namespace ncverify::cli {

namespace {

struct ManualArguments {
    Given command{option::manual_command}, as{option::as};
};

int run(const CLI::App& app, const ManualArguments& arguments) {
    const std::string& form = arguments.as.choice();
    const std::string& command = arguments.command.text;
    if (form != "man" && !command.empty()) {
        throw InputError("given together with --as " + form, "COMMAND",
                         "neither: a shell's file is about all commands");
    }
    std::cout << (form == "bash"    ? bash_completion(app)
                  : form == "zsh"   ? zsh_completion(app)
                  : form == "fish"  ? fish_completion(app)
                  : command.empty() ? man_page(app)
                                    : man_page(app, command));
    return status_ok;
}

}  // namespace

void add_manual(CLI::App& app, int& status) {
    auto arguments = std::make_shared<ManualArguments>();
    CLI::App& command =
        add_command(app, "manual", "Print a manual page, or what completes commands in a shell");
    add_option(command, arguments->command);
    add_option(command, arguments->as);
    on_run(command, [arguments, &app, &status] { status = run(app, *arguments); });
}

}  // namespace ncverify::cli
