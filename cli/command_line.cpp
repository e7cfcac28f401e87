#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "problem/characters.hpp"
#include "problem/errors.hpp"
#include "problem/suggestion.hpp"

namespace ncverify::cli {

namespace {

CLI::Validator not_empty() {
    return {
        [](const std::string& given) { return given.empty() ? std::string("given without a value") : ""; },
        ""};
}

// For the first word that neither names a command nor an option of the chosen one: what may have been meant.
std::string meant(const CLI::App& app, int argc, char** argv) {
    std::vector<std::string> names;
    const CLI::App* chosen = nullptr;
    for (const ListedCommand& listed : commands(app)) {
        names.push_back(listed.name);
        chosen = argc > 1 && listed.name == argv[1] ? listed.command : chosen;
    }
    if (names.empty()) {
        chosen = &app;
    }
    if (chosen == nullptr) {
        return argc > 1 ? suggestion(argv[1], names) : "";
    }
    std::vector<std::string> options{"--help"};
    for (const CLI::Option* option : chosen->get_options()) {
        options.push_back(option->get_name());
    }
    for (int i = chosen == &app ? 1 : 2; i < argc; ++i) {
        std::string word = std::string(argv[i]).substr(0, std::string(argv[i]).find('='));
        if (const auto [hyphen, name] = lookalike(word); !name.empty()) {
            const std::string given = printable(word);
            while (!lookalike(word).first.empty()) {
                word.erase(0, lookalike(word).first.size());
            }
            return ": " + given + suggestion("--" + word, options);
        }
        if (word.starts_with("--") && std::find(options.begin(), options.end(), word) == options.end()) {
            return suggestion(word, options);
        }
    }
    return "";
}

constexpr const char* some_value = "a value, of which its command's --help says what it may be";

// In the library's words "--seed: At Most 1 required but received 2" and "--seed: 1 required TEXT missing".
Reading reworded(const std::string& mismatch) {
    const std::size_t colon = std::min(mismatch.find(": "), mismatch.size());
    const std::string name = mismatch.substr(0, colon);
    if (mismatch.find(": At Most ") == colon) {
        const std::string times = mismatch.substr(mismatch.rfind(' ') + 1);
        return {.help = false, .refused = name + ": given " + times + " times", .expected = "it once"};
    }
    return {.help = false, .refused = name + ": given without a value", .expected = some_value};
}

}  // namespace

std::shared_ptr<CLI::App> make_app(const std::string& description, const std::string& version) {
    auto app = std::make_shared<CLI::App>(description);
    app->require_subcommand(1);
    app->set_version_flag("--version", version);
    return app;
}

std::shared_ptr<CLI::App> make_program(const std::string& description, const std::string& version) {
    auto app = std::make_shared<CLI::App>(description);
    app->set_version_flag("--version", version);
    return app;
}

Reading read_and_run(CLI::App& app, int argc, char** argv) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& help) {
        app.exit(help);
        return {.help = true, .refused = ""};
    } catch (const CLI::ArgumentMismatch& error) {
        return reworded(error.what());
    } catch (const CLI::ValidationError& error) {
        return {.help = false, .refused = error.what(), .expected = some_value};
    } catch (const CLI::ParseError& error) {
        return {.help = false, .refused = error.what() + meant(app, argc, argv)};
    }
    return {};
}

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

std::vector<ListedCommand> commands(const CLI::App& app) {
    std::vector<ListedCommand> listed;
    for (const CLI::App* command : app.get_subcommands({})) {
        listed.push_back({command->get_name(), command->get_description(), command});
    }
    return listed;
}

std::string description(const CLI::App& app) {
    return app.get_description();
}

void on_run(CLI::App& command, std::function<void()> run) {
    command.callback(std::move(run));
}

}  // namespace ncverify::cli
