#include "trial/examples.hpp"

#include <algorithm>
#include <set>

#include "problem/errors.hpp"

namespace ncverify::trial {

std::vector<Example> parse_examples(const Paper& paper, const std::string& text, const std::string& where) {
    std::vector<Example> examples;
    long line = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string token = text.substr(begin, end - begin);
        begin = end + 1;
        ++line;
        if (token.empty() || token[0] == '#') {
            continue;
        }
        try {
            auto [claim, key] = parse_replay_token(paper, token);
            examples.push_back({std::move(claim), std::move(key)});
        } catch (const InputError& error) {
            throw InputError(
                "line " + std::to_string(line) + " is no replay token", where,
                "one token of `verify` to a line, " + paper.token_mark + ":CLAIM:DIGITS:SEED:..");
        }
    }
    return examples;
}

std::vector<Example> kept_examples(const Paper& paper) {
    return parse_examples(paper, paper.examples, "the examples of " + paper.id);
}

std::string examples_text(const Paper& paper, const std::vector<Example>& known,
                          const std::vector<ClaimResult>& results) {
    std::string text =
        "# Cases that earlier runs found hard or failing, one replay token to a line; later runs try them "
        "first.\n"
        "# Written by `ncverify verify --keep FILE`.\n";
    std::set<std::string> ran, kept;
    for (const ClaimResult& result : results) {
        ran.insert(result.claim.id);
        if (!result.replay.empty() && kept.insert(result.replay).second) {
            text += result.replay + "\n";
        }
    }
    for (const Example& example : known) {  // of claims that this run left out
        const std::string token = replay_token(paper, example.claim, example.key);
        if (ran.count(example.claim) == 0 && kept.insert(token).second) {
            text += token + "\n";
        }
    }
    return text;
}

}  // namespace ncverify::trial
