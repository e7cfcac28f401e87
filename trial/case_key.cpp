#include "trial/case_key.hpp"

#include <algorithm>

#include "problem/errors.hpp"
#include "problem/random.hpp"
#include "trial/paper.hpp"

namespace ncverify::trial {

std::string replay_token(const Paper& paper, const std::string& claim, const CaseKey& key) {
    const bool usual = key.method.empty() || key.method == paper.methods.front();
    return paper.token_mark + ":" + claim + ":" + std::to_string(key.digits) + ":" +
           std::to_string(key.seed) + (usual ? "" : "." + key.method) + ":" +
           paper.instances.word(key.instance);
}

std::pair<std::string, CaseKey> parse_replay_token(const Paper& paper, const std::string& token) {
    const std::string expected = "a token that `verify` printed, " + paper.token_mark + ":CLAIM:DIGITS:SEED" +
                                 (paper.methods.size() > 1 ? "[.SEARCH]:" : ":") + paper.instances.word_form;
    std::string parts[4];  // mark, claim, digits, seed; what is left is the instance
    std::size_t begin = 0;
    for (std::string& part : parts) {
        const std::size_t end = token.find(':', begin);
        if (end == std::string::npos) {
            throw InputError("'" + printable(token) + "' is not a token", "--replay", expected);
        }
        part = token.substr(begin, end - begin);
        begin = end + 1;
    }
    const auto number = [&](const std::string& text) {
        const std::optional<std::uint64_t> value = parse_seed(text);
        if (!value) {
            throw InputError("'" + printable(text) + "' is not a number below 2^64", "--replay", expected);
        }
        return *value;
    };
    if (parts[0] != paper.token_mark) {
        throw InputError("'" + printable(token) + "' is not a token", "--replay", expected);
    }
    const std::size_t dot = parts[3].find('.');
    const std::string method = dot == std::string::npos ? "" : parts[3].substr(dot + 1);
    if (dot != std::string::npos &&
        std::find(paper.methods.begin(), paper.methods.end(), method) == paper.methods.end()) {
        throw InputError("'" + printable(method) + "' is no search", "--replay", expected);
    }
    const std::uint64_t digits = number(parts[2]), seed = number(parts[3].substr(0, dot));
    if (digits < 1 || digits > 100000) {
        throw InputError("a number is out of range", "--replay", expected);
    }
    return {parts[1],
            CaseKey{.instance = paper.instances.parse_word(token.substr(begin), "--replay", expected),
                    .seed = seed,
                    .digits = static_cast<long>(digits),
                    .method = method}};
}

}  // namespace ncverify::trial
