#include "cli/option.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "cli/command_line.hpp"
#include "problem/configuration.hpp"
#include "problem/errors.hpp"
#include "problem/random.hpp"

namespace ncverify::cli {

namespace {

// What each command was given, in one place: the command line is built once.
std::map<const CLI::App*, std::vector<Described>>& all_described() {
    static std::map<const CLI::App*, std::vector<Described>> all;
    return all;
}

// Notes the row, and says how its help reads.
std::string noted(const CLI::App& command, const Option& row, Described::Takes takes) {
    all_described()[&command].push_back({row, takes});
    return all_described()[&command].back().help();
}

// The words of "a, b or c".
std::vector<std::string> words_of(std::string choices) {
    const std::size_t last = choices.find(" or ");
    if (last != std::string::npos) {
        choices.replace(last, 4, ", ");
    }
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < choices.size();) {
        const std::size_t end = std::min(choices.find(", ", begin), choices.size());
        words.push_back(choices.substr(begin, end - begin));
        begin = end + 2;
    }
    return words;
}

bool offered(const std::string& text, const std::string& choices) {
    const std::vector<std::string> words = words_of(choices);
    return std::find(words.begin(), words.end(), text) != words.end();
}

// Whether files can be made in this folder: that takes entering it too.
bool takes_files(const std::filesystem::path& folder) {
    return ::access(folder.empty() ? "." : folder.c_str(), W_OK | X_OK) == 0;
}

}  // namespace

long long Given::number() const {
    return whole_number(text, row.name, row.smallest, row.largest);
}

unsigned long long Given::seed() const {
    const std::optional<std::uint64_t> seed = parse_seed(text);
    if (!seed) {
        throw InputError("'" + printable(text) + "' is not usable", row.name, "a whole number below 2^64");
    }
    return *seed;
}

double Given::seconds() const {
    const std::string expected = "a time such as 60s, 3m or 1h, at most 1000h";
    const double unit = text.empty() ? 0 : text.back() == 'h' ? 3600 : text.back() == 'm' ? 60 : 1;
    std::string digits = text;
    if (!digits.empty() && (digits.back() == 'h' || digits.back() == 'm' || digits.back() == 's')) {
        digits.pop_back();
    }
    if (digits.empty() || digits.size() > 7 || digits.find_first_not_of("0123456789") != std::string::npos ||
        std::stod(digits) <= 0 || std::stod(digits) * unit > 3.6e6) {
        throw InputError("'" + printable(text) + "' is no time", row.name, expected);
    }
    return std::stod(digits) * unit;
}

double Given::share() const {
    const Rational value = parse_rational(text, row.name);
    const auto share = value.convert_to<double>();
    if (value <= 0 || value >= 1 || share <= 0) {
        throw InputError("'" + printable(text) + "' is out of range", row.name,
                         "a number above 0 and below 1, such as 1e-3");
    }
    return share;
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

void Given::require_folder(const std::vector<std::string>& names) const {
    if (!text.empty()) {
        cli::require_folder(text, row.name, names);
    }
}

void add_option(CLI::App& command, Given& given) {
    add_text(command, given.row.name, given.text, noted(command, given.row, Described::Takes::one),
             given.row.required ? Need::required : Need::optional);
}

void add_option(CLI::App& command, const Option& row, std::vector<std::string>& texts) {
    add_texts(command, row.name, texts, noted(command, row, Described::Takes::several),
              row.required ? Need::required : Need::optional);
}

void add_option(CLI::App& command, const Option& row, bool& flag) {
    add_flag(command, row.name, flag, noted(command, row, Described::Takes::nothing));
}

std::string Described::help() const {
    return number() ? fmt::format("{}; {} to {}", row.help, row.smallest, row.largest) : row.help;
}

std::vector<std::string> Described::choices() const {
    return words_of(row.choices);
}

const std::vector<Described>& described(const CLI::App& command) {
    return all_described()[&command];
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
    std::error_code ignored;
    const std::filesystem::path given(path);
    const std::filesystem::path file = std::filesystem::is_symlink(given, ignored)
                                           ? std::filesystem::weakly_canonical(given, ignored)
                                           : given;
    const std::filesystem::file_status status = std::filesystem::status(file, ignored);
    const bool device = std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
    if (path.empty() || std::filesystem::is_directory(status) ||
        !(device ? ::access(file.c_str(), W_OK) == 0 : takes_files(file.parent_path()))) {
        throw InputError("cannot write '" + printable(path) + "'", where,
                         "a file in an existing, writable folder");
    }
}

void require_different_files(const std::vector<const Given*>& files) {
    std::map<std::filesystem::path, const Given*> named;
    for (const Given* each : files) {
        std::error_code ignored;
        const std::filesystem::path path =
            std::filesystem::weakly_canonical(std::filesystem::absolute(each->text, ignored), ignored);
        if (each->empty() ||
            (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored))) {
            continue;  // a device takes both
        }
        if (const auto [found, first] = named.emplace(path, each); !first) {
            throw InputError("both name '" + printable(each->text) + "'",
                             std::string(found->second->row.name) + ", " + each->row.name, "a file for each");
        }
    }
}

void require_folder(const std::string& path, const std::string& where,
                    const std::vector<std::string>& names) {
    std::error_code ignored;
    std::filesystem::path folder = std::filesystem::absolute(path, ignored);
    while (!std::filesystem::exists(folder, ignored) && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    if (!std::filesystem::is_directory(folder, ignored) || !takes_files(folder)) {
        throw InputError("cannot write to '" + printable(path) + "'", where, "a folder in a writable one");
    }
    for (const std::string& name : names) {
        if (std::filesystem::is_directory(std::filesystem::path(path) / name, ignored)) {
            throw InputError("'" + name + "' in '" + printable(path) + "' is a folder", where,
                             "a folder in which a file can have this name");
        }
    }
}

}  // namespace ncverify::cli
