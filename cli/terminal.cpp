#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace ncverify::cli {

namespace {

constexpr std::size_t usual_columns = 80, fewest_columns = 30, most_columns = 1000;

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

}  // namespace

bool is_terminal(int stream) {
    return ::isatty(stream) != 0;
}

std::size_t terminal_columns(int stream) {
    const std::string_view given = variable("COLUMNS");
    std::size_t columns = 0;
    if (!given.empty() && given.size() <= 4 &&
        given.find_first_not_of("0123456789") == std::string_view::npos) {
        columns = static_cast<std::size_t>(std::atoi(given.data()));
    }
    winsize size{};
    if (columns == 0 && ::ioctl(stream, TIOCGWINSZ, &size) == 0) {
        columns = size.ws_col;
    }
    return columns == 0 ? usual_columns : std::clamp(columns, fewest_columns, most_columns);
}

reports::Layout layout() {
    const bool colours =
        is_terminal(STDOUT_FILENO) && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
    return {.columns = terminal_columns(STDOUT_FILENO), .colours = colours};
}

}  // namespace ncverify::cli
