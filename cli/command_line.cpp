#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>

namespace ncverify::cli {

namespace {

CLI::Validator not_empty() {
    return {
        [](const std::string& given) { return given.empty() ? std::string("given without a value") : ""; },
        ""};
}

}  // namespace

CLI::App& add_command(CLI::App& app, const std::string& name, const std::string& help) {
    return *app.add_subcommand(name, help);
}

void add_text(CLI::App& command, const std::string& name, std::string& text, const std::string& help,
              Need need) {
    command.add_option(name, text, help)
        ->capture_default_str()
        ->required(need == Need::required)
        ->check(not_empty());
}

void add_texts(CLI::App& command, const std::string& name, std::vector<std::string>& texts,
               const std::string& help, Need need) {
    command.add_option(name, texts, help)
        ->allow_extra_args(name.front() != '-')
        ->required(need == Need::required)
        ->check(not_empty());
}

void add_flag(CLI::App& command, const std::string& name, bool& flag, const std::string& help) {
    command.add_flag(name, flag, help);
}

void on_run(CLI::App& command, std::function<void()> run) {
    command.callback(std::move(run));
}

}  // namespace ncverify::cli
