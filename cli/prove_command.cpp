// ncverify prove: what holds, or fails, over whole boxes of counts and weight decays.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"
#include "files/json.hpp"
#include "properties/boxes/proofs.hpp"

namespace ncverify::cli {

namespace {

using properties::BoxProof;

// What `box` of a part is.
const char* box_name(const properties::PartProof& part) {
    return part.verdict == properties::BoxVerdict::refuted ? "fails_on" : "smallest_open_box";
}

Json to_json(const BoxProof& proof) {
    Json json = {{"claim", proof.claim},
                 {"statement", proof.statement},
                 {"argument", proof.argument},
                 {"verdict", to_string(proof.verdict)},
                 {"boxes", proof.boxes}};
    json["parts"] = Json::array();
    for (const properties::PartProof& part : proof.parts) {
        Json entry = {{"domain", part.domain}, {"verdict", to_string(part.verdict)}, {"boxes", part.boxes}};
        if (part.verdict == properties::BoxVerdict::refuted) {
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
    for (const properties::PartProof& part : proof.parts) {
        std::cout << fmt::format("    {:<9}{} {:>6}  {}{}\n", to_string(part.verdict),
                                 part.everywhere ? " everywhere" : "", part.boxes, part.domain,
                                 part.box.empty() ? "" : fmt::format("; {} {}", box_name(part), part.box));
    }
}

int run(const CommonOptions& common, const std::string& claims, const std::string& boxes) {
    const bool json_wanted = common.json();
    const auto proofs =
        properties::box_proofs(claims, static_cast<long>(whole_number(boxes, "--boxes", 1, 1'000'000'000)));
    bool undecided = false;
    Json list = Json::array();
    for (const BoxProof& proof : proofs) {
        undecided = undecided || proof.verdict == properties::BoxVerdict::undecided;
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
    struct Arguments {
        CommonOptions common;
        std::string claims, boxes = std::to_string(properties::default_most_boxes);
    };
    auto arguments = std::make_shared<Arguments>();
    CLI::App& command =
        add_command(app, "prove", "Prove or refute claims over whole boxes of counts and weight decays");
    add_format_option(command, arguments->common);
    add_text(command, "--claims", arguments->claims, "Claims, such as cor2.*,eq6.sign (default: all)");
    add_text(command, "--boxes", arguments->boxes, "Boxes after which a proof is given up");
    on_run(command,
           [arguments, &status] { status = run(arguments->common, arguments->claims, arguments->boxes); });
}

}  // namespace ncverify::cli
