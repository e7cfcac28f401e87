#include "cli/door.hpp"

#include <exception>
#include <iostream>
#include <new>
#include <string>

#include "cli/command_line.hpp"
#include "cli/messages.hpp"
#include "cli/options.hpp"
#include "problem/errors.hpp"

namespace ncverify::cli {

namespace {

// What was printed may still be on its way.
int printed(int status) {
    std::cout.flush();
    if (!std::cout) {
        say("cannot write to standard output");
        return status_bad_input;
    }
    return status;
}

}  // namespace

int run_program(CLI::App& app, int argc, char** argv, const int& status, bool says) {
    std::string problem;
    try {
        const Reading reading = read_and_run(app, argc, argv);
        if (reading.refused.empty()) {
            return printed(reading.help ? status_ok : status);
        }
        problem = reading.refused + "; expected " +
                  (reading.expected.empty() ? "a command and options as `ncverify --help` lists them"
                                            : reading.expected);
    } catch (const InputError& error) {
        problem = error.what();
    } catch (const std::bad_alloc&) {
        problem =
            "not enough memory for this size; expected fewer classes, a smaller --dim or fewer --digits";
    } catch (const std::exception& error) {
        problem = "this should not have happened (" + std::string(error.what()) +
                  "); expected a report of this command line to the authors";
    }
    if (says) {
        say(problem);
    }
    return status_bad_input;
}

}  // namespace ncverify::cli
