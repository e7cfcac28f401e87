// Layout: texts and tables for a terminal, so many columns wide, in colour or not.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ncverify::reports {

/// What a text is laid out for.
struct Layout {
    std::size_t columns = 80;
    bool colours = false;
};

/// What a word says, which decides its colour.
enum class Tone { plain, heading, good, bad, doubtful };

/// `text` between the escapes of its colour, where there are colours.
std::string toned(const std::string& text, Tone tone, const Layout& layout);

/// Columns that a UTF-8 text takes: one a character.
std::size_t columns_of(std::string_view text);

/// The words of `text` in lines, the first of which begins in column `start`, where something may stand
/// before it, and the others after `indent` blanks. A longer word has a line of its own, and is not broken:
/// it may be there to be copied. No line's end after the last.
std::string wrapped(std::string_view text, std::size_t indent, const Layout& layout, std::size_t start = 0);

/// An entry of a table.
struct Cell {
    std::string text;
    Tone tone = Tone::plain;
    bool right = false;  ///< aligned to the right
};

/// Rows in columns two blanks apart, each as wide as its widest entry; the entries of column `elastic` are
/// wrapped where the whole would be too wide. A line for every row, or several.
std::string aligned(const std::vector<std::vector<Cell>>& rows, std::size_t elastic, const Layout& layout);

}  // namespace ncverify::reports
