#include "reports/writers.hpp"

#include "files/atomic_file.hpp"
#include "reports/findings_writer.hpp"
#include "reports/html_writer.hpp"
#include "reports/json_writer.hpp"
#include "reports/junit_writer.hpp"
#include "reports/markdown_writer.hpp"

namespace ncverify::reports {

void write_all(const Report& report, const std::filesystem::path& directory) {
    files::create_directory(directory);
    files::write_atomically(directory / "report.json", json_text(report));
    files::write_atomically(directory / "index.html", html_text(report));
    files::write_atomically(directory / "report.md", markdown_text(report));
    files::write_atomically(directory / "junit.xml", junit_text(report));
    files::write_atomically(directory / "FINDINGS.md", findings_text(report));
}

}  // namespace ncverify::reports
