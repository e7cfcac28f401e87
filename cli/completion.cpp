#include "cli/completion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/command_line.hpp"
#include "cli/option.hpp"

namespace ncverify::cli {

namespace {

// In single quotes, with what ends them, and `special` characters, escaped.
std::string in_quotes(const std::string& text, const std::string& special = "") {
    std::string escaped;
    for (const char c : text) {
        if (special.find(c) != std::string::npos) {
            escaped += '\\';
        }
        escaped += c == '\'' ? "'\\''" : std::string(1, c);
    }
    return "'" + escaped + "'";
}

// A name of fish's and an option, without its dashes.
std::string bare(const char* name) {
    return name + 2;
}

std::string names(const CLI::App& app) {
    std::vector<std::string> found;
    for (const ListedCommand& listed : commands(app)) {
        found.push_back(listed.name);
    }
    return fmt::format("{}", fmt::join(found, " "));
}

// The cases of one command: what follows an option that takes a value; else the options.
std::string bash_cases(const ListedCommand& listed) {
    std::string cases, options = "--help";
    for (const Described& option : described(*listed.command)) {
        if (option.argument()) {
            continue;
        }
        options += std::string(" ") + option.row.name;
        if (option.takes == Described::Takes::nothing) {
            continue;
        }
        const std::vector<std::string> choices = option.choices();
        const std::string words = choices.empty() ? "" : fmt::format("words='{}'", fmt::join(choices, " "));
        const std::string action = !choices.empty() ? words : option.number() ? "compopt +o default" : ":";
        cases += fmt::format("        '{} {}') {} ;;\n", listed.name, option.row.name, action);
    }
    return cases + fmt::format("        '{} '*) words='{}' options=1 ;;\n", listed.name, options);
}

std::string zsh_arguments(const ListedCommand& listed) {
    std::string text =
        fmt::format("        {})\n            _arguments '(- *)--help[Print the help]'", listed.name);
    for (const Described& option : described(*listed.command)) {
        const std::vector<std::string> choices = option.choices();
        const std::string words = fmt::format("({})", fmt::join(choices, " "));
        const std::string action = !choices.empty() ? words : option.number() ? " " : "_files";
        const std::string several = option.takes == Described::Takes::several ? "*" : "";
        std::string spec;
        if (option.argument()) {
            spec = fmt::format("{}:{}:_files", several, option.row.name);
        } else if (option.takes == Described::Takes::nothing) {
            spec = fmt::format("{}[{}]", option.row.name, option.help());
        } else {
            spec = fmt::format("{}{}=[{}]:{}:{}", several, option.row.name, option.help(),
                               bare(option.row.name), action);
        }
        // What brackets mean ends with them.
        const std::size_t open = spec.find('['), close = spec.rfind(']');
        if (!option.argument() && open != std::string::npos) {
            std::string inside;
            for (const char c : spec.substr(open + 1, close - open - 1)) {
                inside += c == '[' || c == ']' ? std::string("\\") + c : std::string(1, c);
            }
            spec = spec.substr(0, open + 1) + inside + spec.substr(close);
        }
        text += " \\\n                " + in_quotes(spec);
    }
    return text + "\n            ;;\n";
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
    std::string cases;
    for (const ListedCommand& listed : commands(app)) {
        cases += bash_cases(listed);
    }
    return fmt::format(
        "# Completes ncverify's command lines; written by `ncverify manual --as bash`.\n"
        "_ncverify() {{\n"
        "    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} words= options=\n"
        "    COMPREPLY=()\n"
        "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
        "        words='{} --help --version' options=1\n"
        "        compopt +o default 2>/dev/null\n"
        "    else\n"
        "        case \"${{COMP_WORDS[1]}} $previous\" in\n{}        esac\n"
        "    fi\n"
        "    # Where an option or a file may stand, a dash tells which.\n"
        "    if [ -n \"$options\" ] && [ \"$COMP_CWORD\" -gt 1 ] && [ \"${{current#-}}\" = \"$current\" ]; then\n"
        "        return\n"
        "    fi\n"
        "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
        "}}\n"
        "complete -o default -F _ncverify ncverify\n",
        names(app), cases);
}

std::string zsh_completion(const CLI::App& app) {
    std::string listed_commands, cases;
    for (const ListedCommand& listed : commands(app)) {
        listed_commands += "        " + in_quotes(listed.name + ":" + listed.help) + "\n";
        cases += zsh_arguments(listed);
    }
    return fmt::format(
        "#compdef ncverify\n"
        "# Completes ncverify's command lines; written by `ncverify manual --as zsh`.\n"
        "if (( CURRENT == 2 )); then\n"
        "    local -a commands=(\n{}    )\n"
        "    _describe command commands\n"
        "    compadd -- --help --version\n"
        "else\n"
        "    words=(\"${{words[@]:1}}\")\n"
        "    (( CURRENT-- ))\n"
        "    case $words[1] in\n{}    esac\n"
        "fi\n",
        listed_commands, cases);
}

std::string fish_completion(const CLI::App& app) {
    std::string text =
        "# Completes ncverify's command lines; written by `ncverify manual --as fish`.\n"
        "complete -c ncverify -f -n __fish_use_subcommand -l version -d 'Print the version'\n"
        "complete -c ncverify -f -l help -d 'Print the help'\n";
    for (const ListedCommand& listed : commands(app)) {
        text += fmt::format("complete -c ncverify -f -n __fish_use_subcommand -a {} -d {}\n", listed.name,
                            in_quotes(listed.help, "\\"));
        for (const Described& option : described(*listed.command)) {
            if (option.argument()) {
                continue;
            }
            const std::vector<std::string> choices = option.choices();
            std::string value = " -f";
            if (!choices.empty()) {
                value = fmt::format(" -x -a '{}'", fmt::join(choices, " "));
            } else if (option.takes != Described::Takes::nothing) {
                value = option.number() ? " -x" : " -r -F";
            }
            text += fmt::format("complete -c ncverify -n '__fish_seen_subcommand_from {}' -l {}{} -d {}\n",
                                listed.name, bare(option.row.name), value, in_quotes(option.help(), "\\"));
        }
    }
    return text;
}

}  // namespace ncverify::cli
