#include "reports/formal_proofs.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "files/json_text.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"

namespace ncverify::reports {

namespace {

// What each theorem states, of proofs/statements.txt: "== Module.name DIGEST", and below it the statement.
std::map<std::string, std::string> statements_of(const trial::Paper& paper) {
    std::map<std::string, std::string> found;
    std::string* current = nullptr;
    std::istringstream lines(paper.formal_statements);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("== ")) {
            current = &found[line.substr(3, line.find(' ', 3) - 3)];
        } else if (current && !line.empty()) {
            *current += (current->empty() ? "" : "\n") + line;
        }
    }
    return found;
}

bool is_stamp(const Json& json) {
    return json.is_object() && json.contains("format") && json["format"] == "ncverify-proofs-2" &&
           json.contains("theorems") && json.contains("sources") && json["theorems"].is_object() &&
           std::all_of(json["theorems"].begin(), json["theorems"].end(),
                       [](const Json& statement) { return statement.is_string(); });
}

}  // namespace

std::vector<trial::FormalProof> granted_proofs(const trial::Paper& paper, const std::string& stamp,
                                               const std::string& sources, const std::string& where) {
    const Json json = files::parse_json(stamp, where);
    if (!is_stamp(json)) {
        throw InputError("not a stamp of proofs", where, "what `ctest -L proofs` wrote");
    }
    std::vector<trial::FormalProof> proofs;
    if (json["sources"] != sources) {
        return proofs;
    }
    const std::map<std::string, std::string> stated = statements_of(paper);
    for (const auto& [theorem, statement] : json["theorems"].items()) {
        const auto own = stated.find(theorem);
        if (own == stated.end() || own->second != statement.get<std::string>()) {
            throw InputError(
                "what it says that " + printable(theorem) + " states is not what this program carries", where,
                "a stamp of this program's own `ctest -L proofs`");
        }
    }
    std::istringstream table(paper.formal_claims);
    for (std::string line; std::getline(table, line);) {
        std::istringstream words(line);
        trial::FormalProof proof;
        std::string how;
        if (words >> proof.claim >> how >> proof.theorem && proof.claim != "#" &&
            (how == "proves" || how == "refutes") && json["theorems"].contains(proof.theorem)) {
            proof.refutes = how == "refutes";
            proof.statement = stated.at(proof.theorem);
            proofs.push_back(proof);
        }
    }
    return proofs;
}

std::filesystem::path default_stamp() {
    std::error_code failed;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failed);
    if (failed) {
        return {};
    }
    const std::filesystem::path prefix = program.parent_path().parent_path();
    const std::filesystem::path built = prefix / "proofs" / "stamp.json";
    return std::filesystem::exists(built, failed) ? built : prefix / "share/ncverify/proofs/stamp.json";
}

std::vector<trial::FormalProof> read_formal_proofs(const trial::Paper& paper,
                                                   const std::filesystem::path& path) {
    std::error_code unseen;
    if (path.empty() || !std::filesystem::is_regular_file(path, unseen)) {
        return {};
    }
    return granted_proofs(paper, files::read_file(path, "proofs"), proof_sources(), path.string());
}

}  // namespace ncverify::reports
