// ncverify prove: what holds, or fails, over whole boxes of counts and weight decays.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"
#include "cli/papers.hpp"
#include "files/json.hpp"

namespace ncverify::cli {

namespace {

using trial::BoxProof;

// What `box` of a part is.
const char* box_name(const trial::PartProof& part) {
    return part.verdict == trial::BoxVerdict::refuted ? "fails_on" : "smallest_open_box";
}

Json to_json(const BoxProof& proof) {
    Json json = {{"claim", proof.claim},
                 {"statement", proof.statement},
                 {"argument", proof.argument},
                 {"verdict", to_string(proof.verdict)},
                 {"boxes", proof.boxes}};
    json["parts"] = Json::array();
    for (const trial::PartProof& part : proof.parts) {
        Json entry = {{"domain", part.domain}, {"verdict", to_string(part.verdict)}, {"boxes", part.boxes}};
        if (part.verdict == trial::BoxVerdict::refuted) {
            entry["everywhere"] = part.everywhere;
        }
        if (!part.box.empty()) {
            entry[box_name(part)] = part.box;
        }
        json["parts"].push_back(std::move(entry));
    }
    json["timing"] = {{"seconds", proof.seconds}};
    return json;
}

void print(const BoxProof& proof) {
    std::cout << fmt::format("{:<24} {:<9} {:>7} boxes {:>8.3f} s\n    {}\n", proof.claim,
                             to_string(proof.verdict), proof.boxes, proof.seconds, proof.statement);
    for (const trial::PartProof& part : proof.parts) {
        std::cout << fmt::format("    {:<9}{} {:>6}  {}{}\n", to_string(part.verdict),
                                 part.everywhere ? " everywhere" : "", part.boxes, part.domain,
                                 part.box.empty() ? "" : fmt::format("; {} {}", box_name(part), part.box));
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
            list.push_back(to_json(proof));
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
