// ncverify prove: what holds, or fails, over whole boxes of counts and weight decays.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"
#include "cli/papers.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "files/json.hpp"
#include "trial/printed_json.hpp"

namespace ncverify::cli {

namespace {

using trial::BoxProof;

reports::Tone tone_of(trial::BoxVerdict verdict) {
    return verdict == trial::BoxVerdict::proved    ? reports::Tone::good
           : verdict == trial::BoxVerdict::refuted ? reports::Tone::bad
                                                   : reports::Tone::doubtful;
}

std::string boxes_text(long boxes) {
    return std::to_string(boxes) + (boxes == 1 ? " box" : " boxes");
}

void print(const BoxProof& proof) {
    const reports::Layout shown = layout();
    const std::string verdict = to_string(proof.verdict);
    std::cout << reports::toned(proof.claim, reports::Tone::heading, shown) << "  "
              << reports::toned(verdict, tone_of(proof.verdict), shown)
              << fmt::format("  {}, {:.3f} s\n    ", boxes_text(proof.boxes), proof.seconds)
              << reports::wrapped(proof.statement, 4, shown, 4) << "\n";
    std::vector<std::vector<reports::Cell>> rows;
    for (const trial::PartProof& part : proof.parts) {
        rows.push_back(
            {{"   "},
             {to_string(part.verdict) + (part.everywhere ? " everywhere" : ""), tone_of(part.verdict)},
             {boxes_text(part.boxes), reports::Tone::plain, true},
             {part.domain +
              (part.box.empty() ? "" : fmt::format("; {} {}", trial::box_name(part), part.box))}});
    }
    std::cout << reports::aligned(rows, 3, shown);
}

struct ProveArguments {
    CommonOptions common;
    Given paper{option::paper}, claims{option::prove_claims}, boxes{option::boxes};
};

int run(const ProveArguments& arguments) {
    const bool json_wanted = arguments.common.json();
    const trial::Paper& paper = paper_named(arguments.paper.text);
    const long most_boxes = static_cast<long>(arguments.boxes.number());
    const auto proofs = with_progress([&] { return paper.box_proofs(arguments.claims.text, most_boxes); });
    bool undecided = false;
    Json list = Json::array();
    for (const BoxProof& proof : proofs) {
        undecided = undecided || proof.verdict == trial::BoxVerdict::undecided;
        if (json_wanted) {
            list.push_back(trial::to_json(proof));
        } else {
            print(proof);
        }
    }
    if (json_wanted) {
        std::cout << list.dump(2) << "\n";
    }
    return undecided ? status_undecided : status_ok;
}

}  // namespace

void add_prove(CLI::App& app, int& status) {
    auto arguments = std::make_shared<ProveArguments>();
    CLI::App& command =
        add_command(app, "prove", "Prove or refute claims over whole boxes of counts and weight decays");
    add_format_option(command, arguments->common);
    for (Given* given : {&arguments->paper, &arguments->claims, &arguments->boxes}) {
        add_option(command, *given);
    }
    on_run(command, [arguments, &status] { status = run(*arguments); });
}

}  // namespace ncverify::cli
