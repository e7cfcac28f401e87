#include "cli/papers.hpp"

#include <algorithm>

#include "problem/errors.hpp"

namespace ncverify::cli {

const trial::Paper& paper_named(const std::string& id) {
    const auto& all = papers();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const trial::Paper* each) { return each->id == id; });
    if (found == all.end() && !id.empty()) {
        std::string known;
        for (const trial::Paper* each : all) {
            known += (known.empty() ? "" : ", ") + each->id;
        }
        throw InputError("'" + printable(id) + "' is no paper", "--paper", known);
    }
    return id.empty() ? *all.front() : **found;
}

const trial::Paper& paper_of_token(const std::string& token) {
    for (const trial::Paper* each : papers()) {
        if (token.starts_with(each->token_mark + ":")) {
            return *each;
        }
    }
    return *papers().front();
}

}  // namespace ncverify::cli
