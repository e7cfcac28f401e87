#include "reports/expected.hpp"

#include <nlohmann/json.hpp>

#include "files/atomic_file.hpp"
#include "files/json_text.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"

namespace ncverify::reports {

using trial::Evidence;
using trial::Verdict;

namespace {

[[noreturn]] void refuse(const char* what, const Json& value, const std::string& where, const std::string& id,
                         const char* expected) {
    const std::string shown = value.dump(-1, ' ', true, Json::error_handler_t::replace);
    throw InputError(std::string(what) + printable(shown), where + ", key " + printable(id), expected);
}

Verdict verdict_of(const Json& value, const std::string& where, const std::string& id) {
    const auto verdict = value.is_string() ? trial::verdict_named(value.get<std::string>()) : std::nullopt;
    if (!verdict) {
        refuse("verdict ", value, where, id, R"("verified", "refuted" or "inconclusive")");
    }
    return *verdict;
}

Evidence evidence_in(const Json& value, const std::string& where, const std::string& id) {
    for (const Evidence each : {Evidence::sampled, Evidence::enclosed, Evidence::certified}) {
        if (value == trial::to_string(each)) {
            return each;
        }
    }
    refuse("evidence ", value, where, id, R"("sampled", "enclosed" or "certified")");
}

}  // namespace

std::optional<Verdict> ExpectedVerdicts::find(const std::string& id) const {
    for (const auto& [name, verdict] : verdicts) {
        if (name == id) {
            return verdict;
        }
    }
    return std::nullopt;
}

std::optional<Evidence> ExpectedVerdicts::evidence_of(const std::string& id) const {
    for (const auto& [name, found] : evidence) {
        if (name == id) {
            return found;
        }
    }
    return std::nullopt;
}

std::string to_string(const Difference& difference) {
    if (difference.weaker) {
        return "expected " + trial::to_string(difference.weaker->first) + " cases, found " +
               trial::to_string(difference.weaker->second) + " ones";
    }
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
        if (!value.is_object()) {
            expected.verdicts.emplace_back(id, verdict_of(value, where, id));
            continue;
        }
        if (value.size() != 2 || !value.contains("verdict") || !value.contains("evidence")) {
            refuse("", value, where, id, R"("verified", or {"verdict":"verified","evidence":"certified"})");
        }
        expected.verdicts.emplace_back(id, verdict_of(value["verdict"], where, id));
        expected.evidence.emplace_back(id, evidence_in(value["evidence"], where, id));
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
        document[result.claim.id] = {{"verdict", trial::to_string(result.verdict)},
                                     {"evidence", trial::to_string(result.cases_evidence)}};
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
    // By the cases, not by the verdict: a proof that contradicts a refutation leaves none.
    const bool failed = result.verdict == Verdict::refuted || result.refuted > 0;
    const bool allowed =
        !whole_domain && verdict && result.inconclusive == 0 && (!failed || verdict == Verdict::refuted);
    if (!same && !allowed) {
        return Difference{result.claim.id, verdict, result.verdict};
    }
    const auto evidence = expected.evidence_of(result.claim.id);
    if (same && whole_domain && evidence && result.cases_evidence < *evidence) {
        return Difference{result.claim.id, verdict, result.verdict, {{*evidence, result.cases_evidence}}};
    }
    return std::nullopt;
}

}  // namespace ncverify::reports
