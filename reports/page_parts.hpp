// What is the same on every report page. reports/page/bundle.py writes the definitions when ncverify is
// built.
#pragma once

#include <string_view>

namespace ncverify::reports::page_parts {

extern const std::string_view page_template;  ///< page.mustache
extern const std::string_view policy;         ///< content security policy that allows these scripts alone
extern const std::string_view style;          ///< KaTeX's style sheet, its fonts inlined, and ours
extern const std::string_view start_script;   ///< runs before anything is shown
extern const std::string_view main_script;    ///< KaTeX, D3, Observable Plot, and the page

}  // namespace ncverify::reports::page_parts
