// What is the same on every page, and on every page of its kind. reports/page/bundle.py writes the
// definitions when ncverify is built.
#pragma once

#include <string_view>

namespace ncverify::reports::page_parts {

extern const std::string_view page_template;   ///< page.mustache
extern const std::string_view style;           ///< KaTeX's style sheet, its fonts inlined, and ours
extern const std::string_view start_script;    ///< runs before anything is shown
extern const std::string_view library_script;  ///< KaTeX, D3, Observable Plot

// For each page: what readers without scripts see, its script, and a content security policy that allows
// these scripts alone.
extern const std::string_view report_plain, report_script, report_policy;
extern const std::string_view measure_plain, measure_script, measure_policy;
extern const std::string_view trajectory_plain, trajectory_script, trajectory_policy;

extern const std::string_view survey_page;  ///< survey.mustache: a whole page, without scripts

}  // namespace ncverify::reports::page_parts
