#include "solvers/descent.hpp"

#include <cmath>
#include <deque>

#include "problem/cancellation.hpp"

namespace ncverify::solvers {

namespace {

using Flat = Eigen::VectorXd;

// The point as one vector, V first, and what L-BFGS remembers about F along the way.
class Descent {
  public:
    Descent(const ScaledProblem& problem, const ScaledPoint& start, const DescentOptions& options)
        : problem_(problem),
          options_(options),
          size_v_(start.classifier.size()),
          x_(size_v_ + start.features.size()) {
        x_ << start.classifier.reshaped(), start.features.reshaped();
        value_ = evaluate(x_, gradient_);
    }

    DescentSummary run(ScaledPoint& point) {
        DescentSummary summary;
        long stalled = 0;
        for (; summary.iterations < options_.largest_iterations; ++summary.iterations) {
            give_up_if_cancelled();
            if (options_.watch) {
                write(point);
                options_.watch(point);
            }
            mark_free();
            summary.projected_gradient = (gradient_.array() * free_).abs().maxCoeff();
            if (summary.projected_gradient <= options_.tolerance * (1 + x_.cwiseAbs().maxCoeff())) {
                summary.converged = true;
                break;
            }
            const double before = value_;
            if (!step() && !(pairs_.clear(), step())) {
                break;  // not even steepest descent lowers F at this precision
            }
            // At the level of rounding F no longer tells better from worse.
            stalled = before - value_ <= 4e-16 * std::abs(value_) ? stalled + 1 : 0;
            if (stalled >= 20) {
                break;
            }
        }
        write(point);
        return summary;
    }

  private:
    Eigen::Index columns() const { return static_cast<Eigen::Index>(problem_.columns.size()); }

    void write(ScaledPoint& point) const {
        point.classifier = x_.head(size_v_).reshaped(problem_.classes, problem_.dimension);
        point.features = x_.tail(x_.size() - size_v_).reshaped(problem_.dimension, columns());
        point.value = value_;
    }

    struct Pair {
        Flat step, change;
    };

    double evaluate(const Flat& x, Flat& gradient) {
        const Matrix<double> v = x.head(size_v_).reshaped(problem_.classes, problem_.dimension);
        const Matrix<double> u = x.tail(x.size() - size_v_).reshaped(problem_.dimension, columns());
        const double value = scaled_gradient(problem_, v, u, gradient_v_, gradient_u_);
        gradient.resize(x.size());
        gradient << gradient_v_.reshaped(), gradient_u_.reshaped();
        return value;
    }

    // Free: all of V, and the features that are positive or would grow.
    void mark_free() {
        free_ = Eigen::ArrayXd::Ones(x_.size());
        for (Eigen::Index i = size_v_; i < x_.size(); ++i) {
            if (x_[i] <= 0 && gradient_[i] >= 0) {
                free_[i] = 0;
            }
        }
    }

    Flat direction() const {
        Flat q = gradient_.array() * free_;
        std::vector<double> alpha(pairs_.size(), 0), curvature(pairs_.size(), 0);
        double scale = 1;
        bool scaled = false;
        for (std::size_t j = pairs_.size(); j-- > 0;) {
            const Flat step = pairs_[j].step.array() * free_;
            curvature[j] = step.dot(pairs_[j].change);
            if (curvature[j] <= 0) {
                continue;
            }
            if (!scaled) {
                scale = curvature[j] / (pairs_[j].change.array() * free_).matrix().squaredNorm();
                scaled = true;
            }
            alpha[j] = step.dot(q) / curvature[j];
            q -= alpha[j] * (pairs_[j].change.array() * free_).matrix();
        }
        q *= scaled ? scale : 1.0 / std::max(1.0, q.norm());
        for (std::size_t j = 0; j < pairs_.size(); ++j) {
            if (curvature[j] > 0) {
                const double beta = (pairs_[j].change.array() * free_).matrix().dot(q) / curvature[j];
                q += (alpha[j] - beta) * (pairs_[j].step.array() * free_).matrix();
            }
        }
        return -q;
    }

    // One projected Armijo step along the quasi-Newton direction; false where none lowers F.
    bool step() {
        Flat along = direction();
        if (along.dot(gradient_) >= 0) {
            pairs_.clear();
            along = direction();
        }
        Flat candidate, gradient;
        for (double length = 1; length > 1e-18; length *= 0.4) {
            candidate = x_ + length * along;
            candidate.tail(x_.size() - size_v_) = candidate.tail(x_.size() - size_v_).cwiseMax(0.0);
            const double decrease = gradient_.dot(candidate - x_);
            if (decrease >= 0) {
                continue;
            }
            const double value = evaluate(candidate, gradient);
            if (value <= value_ + 1e-4 * decrease) {
                pairs_.push_back({candidate - x_, gradient - gradient_});
                if (pairs_.size() > static_cast<std::size_t>(options_.memory)) {
                    pairs_.pop_front();
                }
                x_.swap(candidate);
                gradient_.swap(gradient);
                value_ = value;
                return true;
            }
        }
        return false;
    }

    const ScaledProblem& problem_;
    const DescentOptions& options_;
    Eigen::Index size_v_;
    Flat x_, gradient_;
    double value_ = 0;
    Eigen::ArrayXd free_;
    std::deque<Pair> pairs_;
    Matrix<double> gradient_v_, gradient_u_;
};

}  // namespace

DescentSummary descend(const ScaledProblem& problem, ScaledPoint& point, const DescentOptions& options) {
    return Descent(problem, point, options).run(point);
}

}  // namespace ncverify::solvers
