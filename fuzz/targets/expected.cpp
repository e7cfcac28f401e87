// Files of expected verdicts.
#include "reports/expected.hpp"

#include <nlohmann/json.hpp>

#include "files/json.hpp"
#include "fuzz/promises.hpp"

namespace ncverify::fuzz {

void try_input(const std::string& input) {
    const auto expected = accepted([&] { return reports::parse_expected(input, "--expected"); });
    if (!expected) {
        return;
    }
    Json document = Json::object();
    for (const auto& [id, verdict] : expected->verdicts) {
        document[id] = trial::to_string(verdict);
    }
    require(reports::parse_expected(document.dump(), "again").verdicts == expected->verdicts,
            "verdicts that are written read back");
}

}  // namespace ncverify::fuzz
