// ncverify prove: what holds, or fails, over whole boxes of counts and weight decays.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"
#include "cli/papers.hpp"
#include "files/json.hpp"
#include "trial/printed_json.hpp"

namespace ncverify::cli {

namespace {

using trial::BoxProof;

void print(const BoxProof& proof) {
    std::cout << fmt::format("{:<24} {:<9} {:>7} boxes {:>8.3f} s\n    {}\n", proof.claim,
                             to_string(proof.verdict), proof.boxes, proof.seconds, proof.statement);
    for (const trial::PartProof& part : proof.parts) {
        std::cout << fmt::format(
            "    {:<9}{} {:>6}  {}{}\n", to_string(part.verdict), part.everywhere ? " everywhere" : "",
            part.boxes, part.domain,
            part.box.empty() ? "" : fmt::format("; {} {}", trial::box_name(part), part.box));
    }
}

struct ProveArguments {
    CommonOptions common;
    Given paper{option::paper}, claims{option::prove_claims}, boxes{option::boxes};
};

int run(const ProveArguments& arguments) {
    const bool json_wanted = arguments.common.json();
    const trial::Paper& paper = paper_named(arguments.paper.text);
    const auto proofs = paper.box_proofs(arguments.claims.text, static_cast<long>(arguments.boxes.number()));
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
