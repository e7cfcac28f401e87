// Files of kept cases, a replay token to a line.
#include "trial/examples.hpp"

#include "fuzz/promises.hpp"
#include "properties/paper.hpp"

namespace ncverify::fuzz {

namespace {

std::string text_of(const trial::Paper& paper, const std::vector<trial::Example>& examples) {
    std::string text = "# kept\n";
    for (const trial::Example& example : examples) {
        text += trial::replay_token(paper, example.claim, example.key) + "\n";
    }
    return text;
}

}  // namespace

void try_input(const std::string& input) {
    const trial::Paper& paper = properties::paper();
    const auto examples = accepted([&] { return trial::parse_examples(paper, input, "--examples"); });
    if (!examples) {
        return;
    }
    const std::string written = text_of(paper, *examples);
    const auto again = trial::parse_examples(paper, written, "again");
    require(again.size() == examples->size() && text_of(paper, again) == written,
            "examples that are written read back");
}

}  // namespace ncverify::fuzz
