#include "reports/writers.hpp"

#include "files/atomic_file.hpp"
#include "reports/findings_writer.hpp"
#include "reports/html_writer.hpp"
#include "reports/json_writer.hpp"
#include "reports/junit_writer.hpp"
#include "reports/markdown_writer.hpp"

namespace ncverify::reports {

std::vector<std::string> file_names() {
    return {"report.json", "index.html", "report.md", "junit.xml", "FINDINGS.md"};
}

void write_all(const Report& report, const std::filesystem::path& directory) {
    files::create_directory(directory);
    files::write_each(directory, {{"report.json", [&] { return json_text(report); }},
                                  {"index.html", [&] { return html_text(report); }},
                                  {"report.md", [&] { return markdown_text(report); }},
                                  {"junit.xml", [&] { return junit_text(report); }},
                                  {"FINDINGS.md", [&] { return findings_text(report); }}});
}

}  // namespace ncverify::reports
