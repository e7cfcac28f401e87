#include "reports/pictures/values_met.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "problem/random.hpp"
#include "properties/still_values.hpp"
#include "reports/pictures/numbers.hpp"
#include "reports/pictures/plain_descent.hpp"
#include "reports/text.hpp"
#include "solvers/active_set.hpp"
#include "trial/error_text.hpp"

namespace ncverify::reports {

namespace {

using nlohmann::ordered_json;

constexpr double same_loss =
    1e-6;                  // relative; descents stop at about 1e-12, values that differ do so by far more
constexpr long tries = 3;  // of refining an end, for each row
constexpr long shown_digits = 12, working_digits = 80;

// Ends of one loss, with the same dead classes up to equal counts.
struct Row {
    std::vector<long long> dead;
    bool shared = false;
    double loss = 0;
    long runs = 0, tried = 0;
    std::optional<properties::StillPoint> still;
};

std::vector<long long> counts_of(const Configuration& configuration, const std::vector<long>& classes) {
    std::vector<long long> counts;
    for (const long k : classes) {
        counts.push_back(configuration.counts[static_cast<std::size_t>(k)]);
    }
    std::sort(counts.begin(), counts.end(), std::greater<>());
    return counts;
}

ordered_json blocks_of(const properties::StillPoint& still) {
    std::vector<std::pair<std::vector<long long>, std::size_t>> found;
    for (const properties::Block& block : properties::blocks(still.exact.features)) {
        found.emplace_back(counts_of(still.configuration, block.classes), block.coordinates.size());
    }
    std::sort(found.begin(), found.end(), std::greater<>());
    ordered_json blocks = ordered_json::array();
    for (const auto& [classes, coordinates] : found) {
        blocks.push_back({{"classes", classes}, {"coordinates", coordinates}});
    }
    return blocks;
}

const char* what_is_proven(const properties::StillPoint& still) {
    return still.separate()      ? "the minimum"
           : still.active.shared ? "a local minimum"
                                 : "the least with these classes dead";
}

ordered_json row_json(const Row& row) {
    ordered_json json = {{"blocks", nullptr}, {"dead", row.dead},  {"runs", row.runs},
                         {"loss", nullptr},   {"proven", nullptr}, {"error", nullptr}};
    json["loss"] = decimal(row.loss);
    if (!row.still) {
        return json;
    }
    json["blocks"] = blocks_of(*row.still);
    const std::optional<Enclosure> value = properties::proven_value(*row.still);
    if (value) {
        const double width = number((value->upper() - value->lower()).upper());
        json["loss"] = value->text(shown_digits);
        json["proven"] = what_is_proven(*row.still);
        json["error"] = trial::error_text(width > 0 ? std::log10(width) : -1e300);
    }
    return json;
}

std::string listed(const Json& counts) {
    std::string text;
    for (const Json& count : counts) {
        text += (text.empty() ? "" : ", ") + std::to_string(count.get<long long>());
    }
    return text.empty() ? "none" : "{" + text + "}";
}

std::string blocks_text(const Json& blocks) {
    if (blocks.is_null()) {
        return "-";
    }
    std::string text;
    for (const Json& block : blocks) {
        const long coordinates = block.at("coordinates").get<long>();
        text += (text.empty() ? "" : " ") + listed(block.at("classes"));
        if (coordinates > 1) {
            text += fmt::format(" in {}", coordinates);
        }
    }
    return text.empty() ? "none" : text;
}

}  // namespace

Json values_met(const std::string& name, const Configuration& configuration, std::uint64_t descents,
                std::uint64_t seed) {
    const PrecisionScope scope(working_digits);
    const solvers::ScaledProblem problem = true_problem(configuration, Formulation::class_means);
    std::vector<Row> rows;
    for (std::uint64_t run = 0; run < descents; ++run) {
        solvers::ScaledPoint point = start_point(problem, split_seed(seed, run));
        solvers::descend(problem, point, solvers::DescentOptions{});
        const solvers::ActiveSet active = solvers::identify(problem, point);
        const std::vector<long long> dead = counts_of(configuration, active.dead);
        const double loss = loss_of(configuration, point.value);
        auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& each) {
            return each.dead == dead && each.shared == active.shared &&
                   std::abs(each.loss - loss) <= same_loss * loss;
        });
        if (row == rows.end()) {
            row = rows.insert(rows.end(), Row{dead, active.shared, loss, 0, 0, std::nullopt});
        }
        ++row->runs;
        if (!row->still && row->tried < tries) {
            ++row->tried;
            properties::StillPoint still = properties::examined(configuration, point);
            if (still.minimizer) {
                row->still = std::move(still);
            }
        }
    }
    std::sort(rows.begin(), rows.end(),
              [](const Row& one, const Row& other) { return one.loss < other.loss; });
    ordered_json table = ordered_json::array();
    for (const Row& row : rows) {
        table.push_back(row_json(row));
    }
    return {{"name", name},
            {"config", configuration.command_line()},
            {"descents", descents},
            {"rows", std::move(table)}};
}

namespace {

// Throws Json's exceptions for what is no such picture.
std::string tables_text(const Json& landscape) {
    std::string text;
    for (const Json& table : landscape.value("values", Json::array())) {
        text += fmt::format(
            "\n<details><summary>Values at which {} plain descents ended: {}</summary>\n\n"
            "<code>{}</code>. Blocks by the sizes of their classes, with the coordinates that they use; "
            "which class alone has one twice differs between ends of one loss: shown is the first end's.\n\n"
            "| loss | blocks | dead classes | descents | proven to be | bounds apart by |\n"
            "|---|---|---|---|---|---|\n",
            table.at("descents").get<long>(), markdown(table.at("name").get<std::string>()),
            markdown(table.at("config").get<std::string>()));
        for (const Json& row : table.at("rows")) {
            const auto given = [&](const char* key) {
                return row.at(key).is_null() ? "-" : markdown(row.at(key).get<std::string>());
            };
            text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", given("loss"),
                                blocks_text(row.at("blocks")), listed(row.at("dead")),
                                row.at("runs").get<long>(), given("proven"), given("error"));
        }
        text += "\n</details>\n";
    }
    return text;
}

}  // namespace

std::string values_text(const Json& pictures) {
    if (!pictures.is_object() || !pictures.contains("landscape")) {
        return "";
    }
    try {
        return tables_text(pictures.at("landscape"));
    } catch (const Json::exception&) {  // a wrong value costs its own picture only
        return "\nThe values at which plain descents ended are missing: they are not as expected.\n";
    }
}

}  // namespace ncverify::reports
