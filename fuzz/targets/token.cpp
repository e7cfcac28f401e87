// Replay tokens.
#include "fuzz/promises.hpp"
#include "properties/paper.hpp"
#include "trial/case_key.hpp"

namespace ncverify::fuzz {

void try_input(const std::string& input) {
    const trial::Paper& paper = properties::paper();
    const auto token = accepted([&] { return trial::parse_replay_token(paper, input); });
    if (!token) {
        return;
    }
    const auto& [claim, key] = *token;
    const std::string written = trial::replay_token(paper, claim, key);
    const auto [claim_again, again] = trial::parse_replay_token(paper, written);
    const auto& less = paper.instances.less;
    require(claim_again == claim && again.seed == key.seed && again.digits == key.digits &&
                !less(key.instance, again.instance) && !less(again.instance, key.instance) &&
                trial::replay_token(paper, claim, again) == written,
            "a token that is written reads back");
}

}  // namespace ncverify::fuzz
