#include "campaign/screened.hpp"

#include <algorithm>

namespace ncverify::campaign {

void Screened::merge(const Screened& other) {
    for (const auto& [name, count] : other.counts) {
        counts[name] += count;
    }
    claims.resize(std::max(claims.size(), other.claims.size()));
    for (std::size_t j = 0; j < other.claims.size(); ++j) {
        const ScreenedClaim& more = other.claims[j];
        ScreenedClaim& claim = claims[j];
        claim.checked += more.checked;
        claim.unresolved += more.unresolved;
        claim.suspects += more.suspects;
        claim.largest = std::max(claim.largest, more.largest);
        for (const auto& [bin, cases] : more.errors) {
            claim.errors[bin] += cases;
        }
    }
    suspects.insert(suspects.end(), other.suspects.begin(), other.suspects.end());
}

std::string joined(const std::vector<std::string>& identifiers) {
    std::string all;
    for (const std::string& each : identifiers) {
        all += (all.empty() ? "" : ",") + each;
    }
    return all;
}

std::vector<std::string> apart(const std::string& identifiers) {
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin < identifiers.size();) {
        const std::size_t end = std::min(identifiers.find(',', begin), identifiers.size());
        all.push_back(identifiers.substr(begin, end - begin));
        begin = end + 1;
    }
    return all;
}

}  // namespace ncverify::campaign
