// NLopt's entries in the contest.
#include <algorithm>
#include <cmath>
#include <nlopt.hpp>

#include "bench/contest.hpp"

namespace ncverify::bench {

namespace {

// Without a lower value for this many evaluations a run ends; lower means by more than F's rounding.
constexpr long patience = 500;
constexpr double rounding = 1e-15;

// The vectors that NLopt's L-BFGS may keep: as many as the solver's descent. By default it sets aside ten
// megabytes of them, which takes longer than the search itself.
constexpr unsigned memory = 12;

// Evaluates F for NLopt, looks at the yardstick with the clock stopped, and ends the run.
class Referee {
  public:
    explicit Referee(const Contest& contest)
        : contest_(contest),
          point_{Matrix<double>(contest.problem.classes, contest.problem.dimension),
                 Matrix<double>(contest.problem.dimension, contest.problem.classes), 0} {}

    double evaluate(const std::vector<double>& x, std::vector<double>& gradient) {
        const auto size_v = point_.classifier.size(), size_u = point_.features.size();
        point_.classifier.reshaped() = Eigen::Map<const Vector<double>>(x.data(), size_v);
        point_.features.reshaped() = Eigen::Map<const Vector<double>>(x.data() + size_v, size_u);
        point_.value = solvers::scaled_gradient(contest_.problem, point_.classifier, point_.features,
                                                gradient_v_, gradient_u_);
        if (!gradient.empty()) {
            Eigen::Map<Vector<double>>(gradient.data(), size_v) = gradient_v_.reshaped();
            Eigen::Map<Vector<double>>(gradient.data() + size_v, size_u) = gradient_u_.reshaped();
        }
        now_ = seconds_since(start_) - paused_;
        look();
        paused_ = seconds_since(start_) - now_;
        if (ended_) {
            throw nlopt::forced_stop();
        }
        return point_.value;
    }

    Run result() {
        if (!run_.valued) {
            run_.value_seconds = run_.out_of_time ? now_ : lowered_;
        }
        if (!run_.proven) {
            run_.proof_seconds = std::max(run_.value_seconds, run_.out_of_time ? now_ : lowered_);
        }
        return run_;
    }

  private:
    void look() {
        if (point_.value < best_ - rounding * std::abs(best_)) {
            best_ = point_.value;
            lowered_ = now_;
            waited_ = 0;
        } else {
            ++waited_;
        }
        // The value's gap is below the point's own: most points need no closer look.
        if (contest_.yardstick.value_gap(point_.value) <= contest_.target) {
            run_.value_seconds = run_.valued ? run_.value_seconds : now_;
            run_.valued = true;
            run_.proven = contest_.yardstick.own_gap(point_) <= contest_.target;
            run_.proof_seconds = now_;
        }
        run_.out_of_time = !run_.proven && now_ > contest_.limit_seconds;
        ended_ = run_.proven || run_.out_of_time || waited_ >= patience;
    }

    const Contest& contest_;
    solvers::ScaledPoint point_;
    Matrix<double> gradient_v_, gradient_u_;
    Run run_;
    bool ended_ = false;
    ProcessorClock::time_point start_ = ProcessorClock::now();
    double paused_ = 0, now_ = 0;        // seconds: spent looking; counted up to this evaluation
    double best_ = 1e300, lowered_ = 0;  // the lowest value and when it came
    long waited_ = 0;
};

nlopt::algorithm algorithm_of(Peer peer) {
    switch (peer) {
        case Peer::ccsaq:
            return nlopt::LD_CCSAQ;
        case Peer::mma:
            return nlopt::LD_MMA;
        case Peer::lbfgs:
            return nlopt::LD_LBFGS;
    }
    return nlopt::LD_CCSAQ;
}

}  // namespace

Run run_peer(const Contest& contest, Peer peer, std::uint64_t seed) {
    const solvers::ScaledPoint start = random_start(contest.problem, seed);
    const auto size_v = static_cast<std::size_t>(start.classifier.size());
    const auto size_u = static_cast<std::size_t>(start.features.size());
    std::vector<double> x(start.classifier.data(), start.classifier.data() + size_v);
    x.insert(x.end(), start.features.data(), start.features.data() + size_u);
    std::vector<double> lower(size_v + size_u, 0.0);
    std::fill_n(lower.begin(), size_v, -HUGE_VAL);
    nlopt::opt optimizer(algorithm_of(peer), static_cast<unsigned>(x.size()));
    optimizer.set_lower_bounds(lower);
    optimizer.set_vector_storage(memory);
    Referee referee(contest);
    optimizer.set_min_objective(
        [](const std::vector<double>& at, std::vector<double>& gradient, void* data) {
            return static_cast<Referee*>(data)->evaluate(at, gradient);
        },
        &referee);
    try {
        double value = 0;
        optimizer.optimize(x, value);
    } catch (const nlopt::forced_stop&) {
        // The referee ended it.
    } catch (const std::runtime_error&) {
        // NLopt's own ending: no progress at this precision.
    }
    return referee.result();
}

}  // namespace ncverify::bench
