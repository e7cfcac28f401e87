#include "cli/option.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "cli/command_line.hpp"
#include "problem/errors.hpp"
#include "problem/scalar.hpp"

namespace ncverify::cli {

namespace {

std::string help_of(const Option& row) {
    return row.smallest == 0 && row.largest == 0
               ? row.help
               : fmt::format("{}; {} to {}", row.help, row.smallest, row.largest);
}

// Whether `text` is one of "a, b or c".
bool offered(const std::string& text, std::string choices) {
    const std::size_t last = choices.find(" or ");
    if (last != std::string::npos) {
        choices.replace(last, 4, ", ");
    }
    return (", " + choices + ", ").find(", " + text + ", ") != std::string::npos;
}

}  // namespace

long long Given::number() const {
    return whole_number(text, row.name, row.smallest, row.largest);
}

unsigned long long Given::seed() const {
    if (text.empty() || text.size() > 20 || text.find_first_not_of("0123456789") != std::string::npos ||
        Integer(text) > Integer("18446744073709551615")) {
        throw InputError("'" + printable(text) + "' is not usable", row.name, "a whole number below 2^64");
    }
    return std::stoull(text);
}

const std::string& Given::choice() const {
    if (!text.empty() && !offered(text, row.choices)) {
        throw InputError("'" + printable(text) + "' " + row.complaint, row.name, row.choices);
    }
    return text;
}

void Given::require_writable() const {
    if (!text.empty()) {
        cli::require_writable(text, row.name);
    }
}

void Given::require_folder() const {
    if (!text.empty()) {
        cli::require_folder(text, row.name);
    }
}

void add_option(CLI::App& command, Given& given) {
    add_text(command, given.row.name, given.text, help_of(given.row),
             given.row.required ? Need::required : Need::optional);
}

void add_option(CLI::App& command, const Option& row, std::vector<std::string>& texts) {
    add_texts(command, row.name, texts, row.help, row.required ? Need::required : Need::optional);
}

void add_option(CLI::App& command, const Option& row, bool& flag) {
    add_flag(command, row.name, flag, row.help);
}

long long whole_number(const std::string& text, const std::string& where, long long smallest,
                       long long largest) {
    const std::string expected =
        "a whole number from " + std::to_string(smallest) + " to " + std::to_string(largest);
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos) {
        throw InputError("'" + printable(text) + "' is not usable", where, expected);
    }
    const long long value = std::stoll(text);
    if (value < smallest || value > largest) {
        throw InputError("'" + text + "' is out of range", where, expected);
    }
    return value;
}

void require_writable(const std::string& path, const std::string& where) {
    const std::filesystem::path file(path);
    const std::filesystem::path folder =
        file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    std::error_code ignored;
    if (path.empty() || std::filesystem::is_directory(file, ignored) || ::access(folder.c_str(), W_OK) != 0) {
        throw InputError("cannot write '" + printable(path) + "'", where,
                         "a file in an existing, writable folder");
    }
}

void require_folder(const std::string& path, const std::string& where) {
    std::error_code ignored;
    std::filesystem::path folder = std::filesystem::absolute(path, ignored);
    while (!std::filesystem::exists(folder, ignored) && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    if (!std::filesystem::is_directory(folder, ignored) || ::access(folder.c_str(), W_OK) != 0) {
        throw InputError("cannot write to '" + printable(path) + "'", where, "a folder in a writable one");
    }
}

}  // namespace ncverify::cli
