// The terminal: whether there is one, how wide it is, and whether it shows colours.
#pragma once

#include <cstddef>

#include "reports/layout.hpp"

namespace ncverify::cli {

/// Whether this stream (STDOUT_FILENO, ..) leads to a terminal.
bool is_terminal(int stream);

/// COLUMNS where it is set to a number, what the terminal behind the stream says, or 80.
std::size_t terminal_columns(int stream);

/// How tables are laid out on standard output: colours only on a terminal, and not where NO_COLOR is set to
/// anything (no-color.org) or TERM is "dumb".
reports::Layout layout();

}  // namespace ncverify::cli
