// The door: where a program's errors become one line each, and a status.
#pragma once

namespace CLI {
class App;
}

namespace ncverify::cli {

/// Reads the command line and carries it out. Bad input is caught here, once, and becomes one line and
/// status 2.
/// @param status  what the command sets
/// @param says  false: the line is left to another process
int run_program(CLI::App& app, int argc, char** argv, const int& status, bool says = true);

}  // namespace ncverify::cli
