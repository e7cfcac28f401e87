// Picture: the landscape, where plain descents end.
#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "problem/random.hpp"
#include "reports/pictures/numbers.hpp"
#include "reports/pictures/parts.hpp"
#include "reports/pictures/plain_descent.hpp"
#include "reports/pictures/values_met.hpp"
#include "reports/pictures/way_down.hpp"
#include "solvers/active_set.hpp"
#include "theory/closed_form.hpp"
#include "trial/error_text.hpp"

namespace ncverify::reports {

namespace {

using nlohmann::ordered_json;

constexpr std::uint64_t descents = 400, sharing_descents = 1000;  // few of the latter end so

/// What the descents came to that ended with the same dead classes.
struct Basin {
    long runs = 0;
    double least = 0, most = 0;  ///< loss
};

/// L(D): the closed form's loss class by class, log K for the dead.
double claimed(const Configuration& configuration, const theory::ClosedForm& form, unsigned dead) {
    const double classes = static_cast<double>(configuration.classes());
    const auto samples = static_cast<double>(configuration.samples());
    double loss = 0;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        const auto count = static_cast<double>(configuration.counts[k]);
        const theory::ClassForm& one = form.classes[k];
        loss += (dead >> k & 1U) != 0
                    ? count / samples * std::log(classes)
                    : count / samples * std::log1p((classes - 1) * std::exp(-number(one.margin))) +
                          from_rational<double>(configuration.lambda_h) * count *
                              number(one.feature_norm_squared);
    }
    return loss;
}

}  // namespace

nlohmann::ordered_json landscape_picture(std::uint64_t seed) {
    const PrecisionScope scope(40);
    const Configuration configuration = make_configuration({20, 40, 80, 160, 320}, "1e-3", "1e-3");
    const theory::ClosedForm form = theory::closed_form(configuration);
    const solvers::ScaledProblem problem = true_problem(configuration, Formulation::class_means);
    std::map<unsigned, Basin> basins;
    long shared = 0;
    for (std::uint64_t run = 0; run < descents; ++run) {
        solvers::ScaledPoint point = start_point(problem, split_seed(seed, run));
        solvers::descend(problem, point, solvers::DescentOptions{});
        const solvers::ActiveSet active = solvers::identify(problem, point);
        if (active.shared) {
            ++shared;
            continue;
        }
        unsigned dead = 0;
        for (const long k : active.dead) {
            dead |= 1U << static_cast<unsigned>(k);
        }
        const double loss = loss_of(configuration, point.value);
        Basin& basin = basins[dead];
        basin.least = basin.runs == 0 ? loss : std::min(basin.least, loss);
        basin.most = basin.runs == 0 ? loss : std::max(basin.most, loss);
        ++basin.runs;
    }
    ordered_json sets = ordered_json::array();
    for (unsigned dead = 0; dead < 1U << configuration.classes(); ++dead) {
        ordered_json classes = ordered_json::array();
        for (unsigned k = 0; k < configuration.counts.size(); ++k) {
            if ((dead >> k & 1U) != 0) {
                classes.push_back(configuration.counts[k]);
            }
        }
        const double value = claimed(configuration, form, dead);
        const Basin& basin = basins[dead];
        const double off = std::max(std::abs(basin.least - value), std::abs(basin.most - value)) / value;
        sets.push_back({{"dead", std::move(classes)},
                        {"claimed", decimal(value)},
                        {"runs", basin.runs},
                        {"loss", basin.runs > 0 ? ordered_json(decimal(basin.most)) : nullptr},
                        {"disagreement",
                         basin.runs > 0 ? ordered_json(trial::error_text(off > 0 ? std::log10(off) : -1e300))
                                        : nullptr}});
    }
    const Configuration sharing = make_configuration({2, 1, 1, 1}, "1/500", "1", 4);
    ordered_json ways = ordered_json::array();
    for (ordered_json way : {way_down("a dead class", configuration, false, seed),
                             way_down("shared coordinates", sharing, true, seed)}) {
        if (!way.is_null()) {
            ways.push_back(std::move(way));
        }
    }
    return {{"config", configuration.command_line()},
            {"descents", descents},
            {"shared", shared},
            {"sets", std::move(sets)},
            {"ways", std::move(ways)},
            {"values",
             {values_met("dead classes", configuration, descents, seed),
              values_met("shared coordinates", sharing, sharing_descents, seed)}}};
}

}  // namespace ncverify::reports
