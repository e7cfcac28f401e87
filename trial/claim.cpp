#include "trial/claim.hpp"

#include "problem/errors.hpp"
#include "problem/suggestion.hpp"

namespace ncverify::trial {

std::string to_string(Outcome outcome) {
    return outcome == Outcome::passed         ? "passed"
           : outcome == Outcome::refuted      ? "refuted"
           : outcome == Outcome::inconclusive ? "inconclusive"
           : outcome == Outcome::untried      ? "untried"
                                              : "skipped";
}

bool matches(const std::string& pattern, const std::string& id) {
    const auto star = pattern.find('*');
    // A star stands for the rest of an identifier: what follows it would be lost.
    return star == std::string::npos    ? pattern == id
           : star + 1 != pattern.size() ? false
                                        : id.compare(0, star, pattern, 0, star) == 0;
}

std::vector<bool> matching(const std::string& patterns, const std::vector<std::string>& ids,
                           const std::string& what, const std::string& expected) {
    std::vector<bool> chosen(ids.size(), patterns.empty());
    for (std::size_t begin = 0; !patterns.empty() && begin <= patterns.size();) {
        const std::size_t end = std::min(patterns.find(',', begin), patterns.size());
        const std::string pattern = patterns.substr(begin, end - begin);
        bool found = false;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (matches(pattern, ids[i])) {
                chosen[i] = found = true;
            }
        }
        if (!found) {
            throw InputError("'" + printable(pattern) + "' matches no " + what + suggestion(pattern, ids),
                             "--claims", expected);
        }
        begin = end + 1;
    }
    return chosen;
}

Claim claim_named(const std::vector<Claim>& claims, const std::string& id, const std::string& where) {
    std::vector<std::string> known;
    for (const Claim& claim : claims) {
        if (claim.id == id) {
            return claim;
        }
        known.push_back(claim.id);
    }
    throw InputError("'" + printable(id) + "' is no claim" + suggestion(id, known), where,
                     "an identifier that `ncverify claims` lists");
}

std::vector<Claim> select_claims(const std::vector<Claim>& claims, const std::string& patterns) {
    std::vector<std::string> ids;
    for (const Claim& claim : claims) {
        ids.push_back(claim.id);
    }
    const std::vector<bool> chosen = matching(
        patterns, ids, "claim", "identifiers that `ncverify claims` lists, such as thm1.*,cor4.threshold");
    std::vector<Claim> selection;
    for (std::size_t j = 0; j < chosen.size(); ++j) {
        if (chosen[j]) {
            selection.push_back(claims[j]);
        }
    }
    return selection;
}

}  // namespace ncverify::trial
