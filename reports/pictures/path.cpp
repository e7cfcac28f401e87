// Picture: the paper's Figures 1 and 2 for the model, NC1 to NC3 along the solver's path.
#include <cmath>
#include <nlohmann/json.hpp>

#include "problem/random.hpp"
#include "reports/pictures/numbers.hpp"
#include "reports/pictures/parts.hpp"
#include "reports/pictures/plain_descent.hpp"
#include "solvers/active_set.hpp"
#include "theory/closed_form.hpp"
#include "theory/metrics.hpp"

namespace ncverify::reports {

namespace {

using nlohmann::ordered_json;

// The paper's classes with a tenth of the samples, and lambda_H ten times as large so that N^2 lambda_W
// lambda_H / n_k, and with it every margin, is the paper's. Dimensions to spare, as a network has.
Configuration scaled_paper() {
    return make_configuration({10, 10, 20, 20, 30, 30, 40, 40, 50, 50}, "1e-4", "1e-4", 32);
}

std::string maybe(const std::optional<double>& value) {
    return value ? decimal(*value) : "";
}

/// Takes down the metrics now and then along a descent: every step at first, later in steps of a twentieth.
class Diary {
  public:
    explicit Diary(const Configuration& configuration)
        : configuration_(configuration), columns_(feature_columns(configuration, Formulation::samples)) {
        const theory::ClosedForm form = theory::closed_form(configuration);
        for (const theory::ClassForm& one : form.classes) {
            margins_.push_back(number(one.margin));
        }
        minimum_ = number(form.minimum_loss);
    }

    void see(long step, const solvers::ScaledPoint& point, bool in_any_case = false) {
        if (!in_any_case && static_cast<double>(step) < next_) {
            return;
        }
        next_ = std::max(static_cast<double>(step) + 1, 1.05 * static_cast<double>(step));
        // W and H are these up to factors, which none of the metrics sees.
        const Matrix<double> means = class_means(configuration_, columns_, point.features);
        const Matrix<double> logits = point.classifier * means;
        entries.push_back({step, decimal(std::max(0.0, loss_of(configuration_, point.value) / minimum_ - 1)),
                           maybe(theory::nc1(configuration_, columns_, point.features)),
                           maybe(theory::nc2(configuration_, point.classifier, means)),
                           maybe(theory::nc3(logits, margins_))});
    }

    ordered_json entries = ordered_json::array();

  private:
    const Configuration& configuration_;
    std::vector<FeatureColumn> columns_;
    std::vector<double> margins_;
    double minimum_ = 0;
    double next_ = 0;
};

}  // namespace

nlohmann::ordered_json path_picture(std::uint64_t seed) {
    const PrecisionScope scope(40);
    const Configuration configuration = scaled_paper();
    const solvers::ScaledProblem problem = true_problem(configuration, Formulation::samples);
    constexpr std::uint64_t most_starts = 8;
    for (std::uint64_t start = 0; start < most_starts; ++start) {
        solvers::ScaledPoint point = start_point(problem, split_seed(seed, start));
        Diary diary(configuration);
        long step = 0;
        solvers::DescentOptions options;
        options.tolerance = 1e-11;
        options.watch = [&](const solvers::ScaledPoint& at) { diary.see(step++, at); };
        solvers::descend(problem, point, options);
        // A descent may end with a class that no coordinate serves; the figure is about those that do not.
        if (solvers::identify(problem, point).dead.empty() || start + 1 == most_starts) {
            diary.see(step - 1, point, true);
            return {{"config", configuration.command_line()}, {"start", start}, {"steps", diary.entries}};
        }
    }
    return nullptr;
}

}  // namespace ncverify::reports
