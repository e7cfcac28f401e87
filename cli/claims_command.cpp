// ncverify claims: the registry.
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"
#include "cli/papers.hpp"
#include "cli/terminal.hpp"
#include "files/json.hpp"
#include "trial/printed_json.hpp"

namespace ncverify::cli {

namespace {

int run(const CommonOptions& common, const trial::Paper& paper) {
    if (common.json()) {
        Json list = Json::array();
        for (const trial::Claim& claim : paper.claims) {
            list.push_back(trial::to_json(claim));
        }
        std::cout << list.dump(2) << "\n";
        return status_ok;
    }
    const reports::Layout shown = layout();
    for (const trial::Claim& claim : paper.claims) {
        std::cout << reports::toned(claim.id, reports::Tone::heading, shown) << "  "
                  << reports::wrapped(to_string(claim.kind) + ", " + claim.source, 4, shown,
                                      claim.id.size() + 2)
                  << "\n    " << reports::wrapped(claim.statement, 4, shown, 4) << "\n    "
                  << reports::wrapped("domain: " + claim.domain, 4, shown, 4) << "\n";
    }
    return status_ok;
}

}  // namespace

void add_claims(CLI::App& app, int& status) {
    struct Arguments {
        CommonOptions common;
        Given paper{option::paper};
    };
    auto arguments = std::make_shared<Arguments>();
    CLI::App& command = add_command(app, "claims", "List the claims: identifier, source, statement, domain");
    add_format_option(command, arguments->common);
    add_option(command, arguments->paper);
    on_run(command,
           [arguments, &status] { status = run(arguments->common, paper_named(arguments->paper.text)); });
}

}  // namespace ncverify::cli
