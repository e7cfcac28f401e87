#include "reports/layout.hpp"

#include <algorithm>

namespace ncverify::reports {

namespace {

constexpr std::size_t gap = 2, least_elastic = 12;

// As many blanks as are missing up to `width`.
std::string padding(std::string_view text, std::size_t width) {
    return std::string(width - std::min(width, columns_of(text)), ' ');
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    lines.push_back(text.substr(begin));
    return lines;
}

std::vector<std::size_t> widths_of(const std::vector<std::vector<Cell>>& rows, std::size_t elastic,
                                   const Layout& layout) {
    std::vector<std::size_t> widths;
    for (const std::vector<Cell>& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], columns_of(row[i].text));
        }
    }
    std::size_t others = widths.empty() ? 0 : gap * (widths.size() - 1);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        others += i == elastic ? 0 : widths[i];
    }
    if (elastic < widths.size() && others + widths[elastic] > layout.columns) {
        const std::size_t left = layout.columns > others ? layout.columns - others : 0;
        widths[elastic] = std::min(widths[elastic], std::max(left, least_elastic));
    }
    return widths;
}

}  // namespace

std::string toned(const std::string& text, Tone tone, const Layout& layout) {
    if (!layout.colours || tone == Tone::plain || text.empty()) {
        return text;
    }
    const char* code = tone == Tone::heading ? "1"
                       : tone == Tone::good  ? "32"
                       : tone == Tone::bad   ? "31"
                                             : "33";
    return "\033[" + std::string(code) + "m" + text + "\033[0m";
}

std::size_t columns_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char character) {
        return (static_cast<unsigned char>(character) & 0xc0U) != 0x80U;
    }));
}

std::string wrapped(std::string_view text, std::size_t indent, const Layout& layout, std::size_t start) {
    std::string result;
    std::size_t column = start;
    bool first_of_line = true;
    while (true) {
        const std::size_t begin = text.find_first_not_of(' ');
        if (begin == std::string_view::npos) {
            return result;
        }
        text.remove_prefix(begin);
        const std::string_view word = text.substr(0, text.find(' '));
        const std::size_t width = columns_of(word);
        if (column + (first_of_line ? 0 : 1) + width > layout.columns &&
            (!first_of_line || column > indent)) {
            result += "\n" + std::string(indent, ' ');
            column = indent;
            first_of_line = true;
        }
        result += first_of_line ? "" : " ";
        result += word;
        column += width + (first_of_line ? 0 : 1);
        first_of_line = false;
        text.remove_prefix(word.size());
    }
}

std::string aligned(const std::vector<std::vector<Cell>>& rows, std::size_t elastic, const Layout& layout) {
    const std::vector<std::size_t> widths = widths_of(rows, elastic, layout);
    std::string text;
    for (const std::vector<Cell>& row : rows) {
        std::vector<std::string> pieces{""};  // of the elastic entry, a line each
        if (elastic < row.size()) {
            pieces = lines_of(wrapped(row[elastic].text, 0, {.columns = widths[elastic]}));
        }
        for (std::size_t line = 0; line < pieces.size(); ++line) {
            std::string whole;
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::string entry = i == elastic ? pieces[line] : line == 0 ? row[i].text : "";
                const std::string blanks = padding(entry, widths[i]);
                whole += row[i].right ? blanks : "";
                whole += toned(entry, row[i].tone, layout);
                whole += (row[i].right ? "" : blanks) + std::string(gap, ' ');
            }
            whole.erase(whole.find_last_not_of(' ') + 1);
            text += whole + "\n";
        }
    }
    return text;
}

}  // namespace ncverify::reports
