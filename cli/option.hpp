// An option of the command line: one row that says everything about it, and what was given for it.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace ncverify::cli {

/// A row of option_table.hpp. What is given for the option is checked by the row that its help is made of.
struct Option {
    const char* name;                     ///< "--digits"; without dashes: an argument
    const char* fallback = "";            ///< the default, which the help shows; "": not given
    long long smallest = 0, largest = 0;  ///< of a whole number; both 0: a text
    const char* choices = "";             ///< the words to choose from, "cpu or cuda"; "": any
    const char* complaint = "";           ///< about another word, "is no device"
    const char* help;
    bool required = false;
};

/// What was given for an option, or its default.
struct Given {
    Option row;
    std::string text = row.fallback;

    bool empty() const { return text.empty(); }
    /// A whole number in the row's range. Throws InputError.
    long long number() const;
    /// Any number of 64 bits. Throws InputError.
    unsigned long long seed() const;
    /// "60s", "3m", "1h" or plain seconds. Throws InputError.
    double seconds() const;
    /// A number above 0 and below 1; throws InputError.
    double share() const;
    /// One of the row's words, or "" where not given. Throws InputError.
    const std::string& choice() const;
    /// Throws InputError, before any work, where something is given and no file can be written there.
    void require_writable() const;
    /// The same for a folder, which need not exist yet, and files of these names in it.
    void require_folder(const std::vector<std::string>& names) const;
};

/// An option, or argument, that takes a text. "" is refused: it would read as if nothing had been given.
void add_option(CLI::App& command, Given& given);
/// The same, several times over: arguments one after the other, an option once for each text.
void add_option(CLI::App& command, const Option& row, std::vector<std::string>& texts);
/// An option that takes nothing.
void add_option(CLI::App& command, const Option& row, bool& flag);

/// What was added to a command by the functions above.
struct Described {
    enum class Takes { nothing, one, several };
    Option row;
    Takes takes;
    std::string help() const;                  ///< with the range of a number
    std::vector<std::string> choices() const;  ///< the words to choose from; none: any
    bool argument() const { return row.name[0] != '-'; }
    bool number() const { return row.smallest != 0 || row.largest != 0; }
};

/// All of a command's options and arguments, in the order in which they were added.
const std::vector<Described>& described(const CLI::App& command);

/// A whole number in [smallest, largest]; throws InputError naming `where`.
long long whole_number(const std::string& text, const std::string& where, long long smallest,
                       long long largest);

/// Throws InputError, before any work, where a file could not be written to `path`.
void require_writable(const std::string& path, const std::string& where);

/// Throws InputError, before any work, where two of these name the same file, which would keep one of two
/// results only, or take the place of what is read.
void require_different_files(const std::vector<const Given*>& files);

/// Throws InputError, before any work, where a folder could not be made, or written to, at `path`, or where
/// one of `names` in it is a folder.
void require_folder(const std::string& path, const std::string& where, const std::vector<std::string>& names);

}  // namespace ncverify::cli
