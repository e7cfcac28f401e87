// ncverify claims: the registry.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"
#include "files/json.hpp"
#include "properties/registry.hpp"

namespace ncverify::cli {

namespace {

int run(const CommonOptions& common) {
    if (common.json()) {
        Json list = Json::array();
        for (const properties::Claim& claim : properties::registry()) {
            list.push_back({{"id", claim.id},
                            {"source", claim.source},
                            {"statement", claim.statement},
                            {"domain", claim.domain},
                            {"kind", to_string(claim.kind)},
                            {"reading", claim.reading}});
        }
        std::cout << list.dump(2) << "\n";
        return status_ok;
    }
    for (const properties::Claim& claim : properties::registry()) {
        std::cout << fmt::format("{:<16} {:<11} {}\n{:<28} {}\n{:<28} domain: {}\n", claim.id,
                                 to_string(claim.kind), claim.source, "", claim.statement, "", claim.domain);
    }
    return status_ok;
}

}  // namespace

void add_claims(CLI::App& app, int& status) {
    auto common = std::make_shared<CommonOptions>();
    CLI::App& command = add_command(app, "claims", "List the claims: identifier, source, statement, domain");
    add_format_option(command, *common);
    on_run(command, [common, &status] { status = run(*common); });
}

}  // namespace ncverify::cli
