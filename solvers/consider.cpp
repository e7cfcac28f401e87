#include "solvers/consider.hpp"

#include <utility>

#include "problem/processor_clock.hpp"
#include "problem/progress.hpp"

namespace ncverify::solvers {

namespace {

std::string short_text(const Rational& value) {
    const PrecisionScope scope(20);
    return from_rational<Multiprecision>(value).str(17, std::ios_base::scientific);
}

}  // namespace

void note_start(long start, const SolveOptions& options) {
    if (progress_watcher() != nullptr) {
        const double share = options.all_starts
                                 ? static_cast<double>(start) / static_cast<double>(options.largest_starts)
                                 : -1;
        note_progress(options.all_starts ? "starts" : "start " + std::to_string(start + 1), share);
    }
}

std::string searched_objective(const Configuration& configuration, double value) {
    const PrecisionScope scope(20);
    const Rational scale = configuration.lambda_w * configuration.lambda_h;
    return Multiprecision(sqrt(from_rational<Multiprecision>(scale)) * value)
        .str(17, std::ios_base::scientific);
}

bool consider(const Configuration& configuration, const SolveOptions& options,
              std::optional<Minimizer> minimizer, const MinimizerJudge& judge, StartRecord& record,
              Solution& solution) {
    if (!minimizer) {
        record.outcome = StartOutcome::failed;
        return false;
    }
    const auto clock = ProcessorClock::now();
    const std::vector<Rational> slopes =
        dual_slopes(configuration, minimizer->missing_weight, minimizer->digits);
    const Judgement judgement = judge(*minimizer, slopes);
    solution.timing.certificate += seconds_since(clock);
    record.outcome = judgement.proven ? StartOutcome::global : StartOutcome::local;
    record.objective = short_text(judgement.upper_bound);
    if (solution.slopes.empty() || judgement.upper_bound < solution.judgement.upper_bound) {
        const bool stationary = minimizer->kkt_residual_log10 < -static_cast<double>(options.digits);
        solution.status = judgement.proven ? SolutionStatus::certified
                          : stationary     ? SolutionStatus::stationary
                                           : SolutionStatus::failed;
        solution.minimizer = std::move(*minimizer);
        solution.slopes = slopes;
        solution.judgement = judgement;
    }
    return judgement.proven;
}

}  // namespace ncverify::solvers
