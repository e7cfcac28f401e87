#include "reports/expected.hpp"

#include <nlohmann/json.hpp>

#include "files/atomic_file.hpp"
#include "files/json_text.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"

namespace ncverify::reports {

using trial::Verdict;

std::optional<Verdict> ExpectedVerdicts::find(const std::string& id) const {
    for (const auto& [name, verdict] : verdicts) {
        if (name == id) {
            return verdict;
        }
    }
    return std::nullopt;
}

std::string to_string(const Difference& difference) {
    const std::string found = trial::to_string(difference.found);
    if (!difference.expected) {
        return "no verdict expected, found " + found;
    }
    return "expected " + trial::to_string(*difference.expected) + ", found " + found;
}

ExpectedVerdicts parse_expected(const std::string& text, const std::string& where) {
    const Json document = files::parse_json(text, where);
    if (!document.is_object()) {
        throw InputError("not a JSON object", where, R"({"thm1.b":"verified", ..})");
    }
    ExpectedVerdicts expected;
    for (const auto& [id, value] : document.items()) {
        const auto verdict =
            value.is_string() ? trial::verdict_named(value.get<std::string>()) : std::nullopt;
        if (!verdict) {
            const std::string shown = value.dump(-1, ' ', true, Json::error_handler_t::replace);
            throw InputError("verdict " + printable(shown), where + ", key " + printable(id),
                             R"("verified", "refuted" or "inconclusive")");
        }
        expected.verdicts.emplace_back(id, *verdict);
    }
    return expected;
}

ExpectedVerdicts read_expected(const std::filesystem::path& path) {
    const std::string where = path.string();
    return parse_expected(files::read_file(where, where, 1LL << 24), where);
}

std::string expected_text(const std::vector<trial::ClaimResult>& results) {
    Json document = Json::object();
    for (const auto& result : results) {
        document[result.claim.id] = trial::to_string(result.verdict);
    }
    return document.dump(2) + "\n";
}

void record_expected(const std::filesystem::path& path, const std::vector<trial::ClaimResult>& results) {
    files::write_atomically(path, expected_text(results));
}

std::optional<Difference> difference(const trial::ClaimResult& result, const ExpectedVerdicts& expected,
                                     bool whole_domain) {
    const auto verdict = expected.find(result.claim.id);
    const bool same = verdict == result.verdict;
    const bool allowed = !whole_domain && verdict && result.inconclusive == 0 &&
                         (result.verdict != Verdict::refuted || verdict == Verdict::refuted);
    return same || allowed ? std::nullopt
                           : std::optional<Difference>({result.claim.id, verdict, result.verdict});
}

}  // namespace ncverify::reports
