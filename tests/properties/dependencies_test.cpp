#include "properties/dependencies.hpp"

#include <map>
#include <set>

#include "properties/registry.hpp"
#include "tests/precompiled.hpp"

using namespace ncverify::properties;

namespace {

// What is wrong with a table of derivations: an identifier that is no claim of the paper, a claim listed
// twice, or one that rests, through whatever others, on itself.
std::vector<std::string> complaints(const std::vector<Dependency>& table, const std::vector<Claim>& claims) {
    std::vector<std::string> found;
    std::map<std::string, std::vector<std::string>> rests;
    for (const Dependency& each : table) {
        std::vector<std::string> named = each.rests_on;
        named.push_back(each.claim);
        for (const std::string& id : named) {
            const auto is_it = [&](const Claim& claim) {
                return claim.id == id && claim.kind == Kind::claim;
            };
            if (std::none_of(claims.begin(), claims.end(), is_it)) {
                found.push_back(id + " is no claim of the paper");
            }
        }
        if (each.rests_on.empty() || each.where.empty()) {
            found.push_back(each.claim + " rests on nothing, or nowhere");
        }
        if (!rests.emplace(each.claim, each.rests_on).second) {
            found.push_back(each.claim + " is listed twice");
        }
    }
    for (const auto& [claim, first] : rests) {
        std::set<std::string> reached;
        std::vector<std::string> open = first;
        while (!open.empty()) {
            const std::string next = open.back();
            open.pop_back();
            if (reached.insert(next).second && rests.count(next) != 0) {
                open.insert(open.end(), rests.at(next).begin(), rests.at(next).end());
            }
        }
        if (reached.count(claim) != 0) {
            found.push_back(claim + " rests on itself");
        }
    }
    return found;
}

}  // namespace

TEST_CASE("every derivation is from claims in the registry, and none is circular") {
    CHECK(complaints(dependencies(), registry()) == std::vector<std::string>{});
}

TEST_CASE("a wrong derivation is seen") {
    std::vector<Claim> claims(3);
    claims[0].id = "a";
    claims[1].id = "b";
    claims[2].id = "misread.c";
    claims[2].kind = Kind::misreading;
    const auto wrong = [&](const std::vector<Dependency>& table) { return complaints(table, claims).size(); };
    CHECK(wrong({{"a", {"b"}, "(1)"}}) == 0);
    CHECK(wrong({{"a", {"b.gone"}, "(1)"}}) == 1);
    CHECK(wrong({{"a.gone", {"b"}, "(1)"}}) == 1);
    CHECK(wrong({{"a", {"misread.c"}, "(1)"}}) == 1);
    CHECK(wrong({{"a", {"b"}, ""}}) == 1);
    CHECK(wrong({{"a", {}, "(1)"}}) == 1);
    CHECK(wrong({{"a", {"b"}, "(1)"}, {"a", {"b"}, "(2)"}}) == 1);
    CHECK(wrong({{"a", {"b"}, "(1)"}, {"b", {"a"}, "(2)"}}) == 2);
}
