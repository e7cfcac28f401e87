// Characters of UTF-8: which may be shown as they are, and which pass for others.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace ncverify {

/// Length in bytes of the UTF-8 character that `text` starts with, if it may be shown; 0 for none, a broken
/// sequence, a control character, one that reorders a line, or a code point that XML does not admit.
inline std::size_t shown_length(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t first = text.empty() ? 0 : byte(0);
    if (first < 0x80) {
        return first >= 0x20 && first != 0x7f ? 1 : 0;
    }
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) {
        return 0;
    }
    std::uint32_t code = first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) {
            return 0;
        }
        code = code << 6U | (byte(i) & 0x3fU);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    const bool reordering = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    const bool unusable = code < 0xa0 || code > 0x10ffff || code == 0xfffe || code == 0xffff;
    return overlong || surrogate || reordering || unusable ? 0 : length;
}

/// The character that `text` starts with and its name, such as "U+2212 minus sign", where it is one that word
/// processors and web pages put in the place of what a command line or a number is written with; else two
/// empty texts.
inline std::pair<std::string_view, std::string_view> lookalike(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 25> known{{
        {"\u2212", "U+2212 minus sign"},
        {"\u2010", "U+2010 hyphen"},
        {"\u2011", "U+2011 non-breaking hyphen"},
        {"\u2012", "U+2012 figure dash"},
        {"\u2013", "U+2013 en dash"},
        {"\u2014", "U+2014 em dash"},
        {"\u2015", "U+2015 horizontal bar"},
        {"\u00ad", "U+00AD soft hyphen"},
        {"\ufe63", "U+FE63 small hyphen-minus"},
        {"\uff0d", "U+FF0D fullwidth hyphen-minus"},
        {"\u00d7", "U+00D7 multiplication sign"},
        {"\u2044", "U+2044 fraction slash"},
        {"\u2215", "U+2215 division slash"},
        {"\uff0c", "U+FF0C fullwidth comma"},
        {"\uff0e", "U+FF0E fullwidth full stop"},
        {"\u00a0", "U+00A0 no-break space"},
        {"\u2007", "U+2007 figure space"},
        {"\u2009", "U+2009 thin space"},
        {"\u202f", "U+202F narrow no-break space"},
        {"\u200b", "U+200B zero width space"},
        {"\ufeff", "U+FEFF byte order mark"},
        {"\u2018", "U+2018 left single quotation mark"},
        {"\u2019", "U+2019 right single quotation mark"},
        {"\u201c", "U+201C left double quotation mark"},
        {"\u201d", "U+201D right double quotation mark"},
    }};
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& entry) {
        return text.substr(0, entry.first.size()) == entry.first;
    });
    return found == known.end() ? std::pair<std::string_view, std::string_view>() : *found;
}

}  // namespace ncverify
