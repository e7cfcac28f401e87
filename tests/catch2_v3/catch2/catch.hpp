// Catch2's version 3 under the name and in the words of version 2, for which the tests are written: Debian 12
// has no other. Found first where version 3 is installed.
#pragma once

#include <catch2/catch_all.hpp>
#include <string>

namespace Catch {

/// Of a text, as in version 2; version 3 has the name for elements of ranges.
inline auto Contains(const std::string& text) {
    return Matchers::ContainsSubstring(text);
}
using Matchers::StartsWith;

}  // namespace Catch

using Catch::Approx;
