// Configurations as JSON.
#include <nlohmann/json.hpp>

#include "fuzz/promises.hpp"
#include "problem/configuration_json.hpp"

namespace ncverify::fuzz {

void try_input(const std::string& input) {
    const auto configuration = accepted([&] { return parse_configuration(input, "--config"); });
    if (!configuration) {
        return;
    }
    require(configuration->classes() >= 2 && configuration->dimension >= 1 && configuration->lambda_w > 0 &&
                configuration->lambda_h > 0,
            "a configuration is in range");
    for (const DecayText decays : {DecayText::as_given, DecayText::exact}) {
        const std::string written = to_json(*configuration, decays).dump();
        const Configuration again = parse_configuration(written, "again");
        require(again == *configuration && (again <=> *configuration) == 0,
                "a configuration that is written reads back");
    }
    require(parse_counts(counts_text(configuration->counts), "again") == configuration->counts,
            "counts that are written read back");
}

}  // namespace ncverify::fuzz
