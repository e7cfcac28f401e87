// The little TeX that statements are written in, as HTML.
#pragma once

#include <string>
#include <string_view>

namespace ncverify::reports {

/// A statement as HTML: Greek letters, indices, fractions, roots with their extent drawn, and the usual
/// signs.
/// `$` switches between words and mathematics; without any, a text that contains TeX is mathematics
/// throughout. What it does not understand it shows as source, escaped; it never fails.
std::string tex_to_html(std::string_view tex);

}  // namespace ncverify::reports
