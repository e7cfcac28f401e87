#include "cli/manual.hpp"

#include <fmt/format.h>

#include "cli/command_line.hpp"
#include "cli/option.hpp"
#include "problem/errors.hpp"
#include "problem/suggestion.hpp"

namespace ncverify::cli {

namespace {

// A text as roff prints it: dashes that can be copied, and no line that reads as a request.
std::string roff(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        escaped += c == '-' ? "\\-" : c == '\\' ? "\\e" : c == '`' || c == '\'' ? "\\(aq" : std::string(1, c);
    }
    return escaped.starts_with('.') ? "\\&" + escaped : escaped;
}

std::string header(const std::string& name, const std::string& help) {
    std::string title = name;
    for (char& c : title) {
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return fmt::format(".TH \"{}\" 1 \"\" \"ncverify {}\" \"User Commands\"\n.SH NAME\n{} \\- {}\n", title,
                       NCVERIFY_VERSION, roff(name), roff(help));
}

constexpr const char* exit_status =
    ".SH EXIT STATUS\n"
    ".TP\n0\nEverything held.\n"
    ".TP\n1\nA verdict differs from the one on record, a certificate is not proven, a wrong theorem survived.\n"
    ".TP\n2\nUnusable input, or a result that could not be written; one line says what, where, and what would "
    "be right.\n"
    ".TP\n3\nUndecided within the limits given.\n"
    ".TP\n130\nInterrupted; what was finished is reported.\n";

// "--digits NUMBER", as a synopsis and a list of options show it.
std::string usage(const Described& option) {
    const std::string name = fmt::format("\\fB{}\\fR", roff(option.row.name));
    if (option.takes == Described::Takes::nothing) {
        return name;
    }
    return option.argument() ? fmt::format("\\fI{}\\fR", roff(option.row.name))
                             : fmt::format("{} \\fI{}\\fR", name, option.number() ? "NUMBER" : "TEXT");
}

std::string entry(const Described& option) {
    std::string text = fmt::format(".TP\n{}\n{}.\n", usage(option), roff(option.help()));
    if (option.takes == Described::Takes::one && option.row.fallback[0] != '\0') {
        text += fmt::format("Default: {}.\n", roff(option.row.fallback));
    }
    if (option.row.required) {
        text += "Required.\n";
    }
    return text;
}

}  // namespace

std::string man_page(const CLI::App& app) {
    std::string page = header("ncverify", "a mathematics paper on trial");
    page += fmt::format(".SH SYNOPSIS\n\\fBncverify\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n.br\n{}\n{}\n",
                        "\\fBncverify\\fR \\fICOMMAND\\fR \\fB\\-\\-help\\fR",
                        ".br\n\\fBncverify\\fR \\fB\\-\\-version\\fR");
    page += fmt::format(".SH DESCRIPTION\n{}\n.SH COMMANDS\n", roff(description(app)));
    std::string pages;
    for (const ListedCommand& listed : commands(app)) {
        page += fmt::format(".TP\n\\fB{}\\fR\n{}.\n", roff(listed.name), roff(listed.help));
        pages += fmt::format("{}\\fBncverify\\-{}\\fR(1)", pages.empty() ? "" : ",\n", roff(listed.name));
    }
    return page + exit_status + ".SH SEE ALSO\n" + pages + "\n";
}

std::string man_page(const CLI::App& app, const std::string& command) {
    std::vector<std::string> names;
    for (const ListedCommand& listed : commands(app)) {
        names.push_back(listed.name);
        if (listed.name != command) {
            continue;
        }
        std::string page = header("ncverify-" + command, listed.help);
        page += fmt::format(".SH SYNOPSIS\n\\fBncverify {}\\fR", roff(command));
        std::string options;
        for (const Described& option : described(*listed.command)) {
            const char* repeats = option.takes == Described::Takes::several ? " ..." : "";
            page += option.row.required ? fmt::format("\n{}{}", usage(option), repeats)
                                        : fmt::format("\n[{}]{}", usage(option), repeats);
            options += entry(option);
        }
        return page + "\n.SH OPTIONS\n" + options + exit_status + ".SH SEE ALSO\n\\fBncverify\\fR(1)\n";
    }
    throw InputError("'" + printable(command) + "' is no command" + suggestion(command, names), "COMMAND",
                     "one that `ncverify --help` lists");
}

}  // namespace ncverify::cli
