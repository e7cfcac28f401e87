#include "certificates/minima_box.hpp"

#include "certificates/scaled_hessian.hpp"

namespace ncverify::certificates {

namespace {

constexpr int sweeps =
    30;  // towards the middle's features: any point will do, a good one makes narrow intervals
constexpr int narrowings = 3;

// Softmax of class k from the differences v_ik - v_im and lengths y_i: z_m - z_k = - sum_i y_i (v_ik - v_im).
// Each p_m rises with its own exponential and falls with the others'.
std::vector<Interval> probabilities(const std::vector<std::vector<Interval>>& differences,
                                    const std::vector<Interval>& lengths) {
    const std::size_t classes = differences.front().size();
    std::vector<Interval> weights(classes, Interval(1.0)), p(classes);
    for (std::size_t m = 0; m < classes; ++m) {
        Interval logit(0.0);
        for (std::size_t i = 0; i < lengths.size(); ++i) {
            logit = logit - lengths[i] * differences[i][m];
        }
        weights[m] = exponential(logit);
    }
    for (std::size_t m = 0; m < classes; ++m) {
        Interval others(0.0);
        for (std::size_t l = 0; l < classes; ++l) {
            others = l == m ? others : others + weights[l];
        }
        const double low = weights[m].low, high = weights[m].high;
        p[m] = {std::max(0.0, below(low / above(low + others.high))),
                high > 0 ? std::min(1.0, above(high / below(high + others.low))) : 0.0};
    }
    return p;
}

// sum_m p_m (v_ik - v_im) for each coordinate.
std::vector<Interval> gains(const std::vector<std::vector<Interval>>& differences,
                            const std::vector<Interval>& p) {
    std::vector<Interval> gain(differences.size(), Interval(0.0));
    for (std::size_t i = 0; i < gain.size(); ++i) {
        for (std::size_t m = 0; m < p.size(); ++m) {
            gain[i] = gain[i] + p[m] * differences[i][m];
        }
    }
    return gain;
}

// Features of the box's middle in units of s_i, about: coordinate by coordinate.
std::vector<double> middle_lengths(const std::vector<std::vector<Interval>>& differences,
                                   const std::vector<Interval>& scale) {
    std::vector<double> lengths(scale.size(), 0.0);
    const std::size_t classes = differences.front().size();
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        for (std::size_t i = 0; i < lengths.size(); ++i) {
            double total = 0, first = 0, second = 0;
            for (std::size_t m = 0; m < classes; ++m) {
                double logit = 0;
                for (std::size_t j = 0; j < lengths.size(); ++j) {
                    logit -= scale[j].middle() * lengths[j] * differences[j][m].middle();
                }
                const double weight = std::exp(logit), slope = scale[i].middle() * differences[i][m].middle();
                total += weight;
                first += weight * slope;
                second += weight * slope * slope;
            }
            const double mean = first / total, variance = std::max(0.0, second / total - mean * mean);
            lengths[i] = std::max(0.0, lengths[i] - (lengths[i] - mean) / (1 + variance));
        }
    }
    return lengths;
}

}  // namespace

MinimaConstants minima_constants(const Configuration& configuration) {
    const Turned scaled = scaled_constants(configuration);
    MinimaConstants constants;
    constants.classes = configuration.classes();
    constants.dimension = configuration.dimension;
    Enclosure top(0);
    for (long k = 0; k < constants.classes; ++k) {
        constants.pull_squared.emplace_back(Interval(scaled.pull[k] * scaled.pull[k]));
        constants.slope.emplace_back(Interval(scaled.pull[k] / scaled.root_count[k]));
        top += scaled.pull[k] * scaled.root_count[k] * log(Enclosure(constants.classes));
    }
    constants.top = Interval(top);
    return constants;
}

// The strictly convex problem of class k's features, J(y) = log sum_m exp(sum_i s_i y_i v_im) - sum_i s_i y_i
// v_ik + |y|^2/2 over y >= 0, s_i^2 = tau_i g_k / sqrt(n_k), has its solution at y_i = s_i max(0, gain_i). It
// is 1-strongly convex, so that the solution is no farther from any y >= 0 than |r|, r_i = J's slope where
// y_i > 0, what of it is negative where y_i = 0.
Surroundings surroundings(const MinimaConstants& constants, const MinimaBox& box) {
    Surroundings around;
    const auto classes = static_cast<std::size_t>(constants.classes), dimension = box.columns.size();
    const double least = -static_cast<double>(constants.classes - 1);
    for (const ColumnBox& column : box.columns) {
        std::vector<Interval> v(classes, Interval(1.0));
        Interval last(-1.0);
        std::size_t next = 0;
        for (std::size_t m = 0; m < classes; ++m) {
            if (m == static_cast<std::size_t>(column.chart)) {
                continue;
            }
            if (next < column.free.size()) {
                v[m] = column.free[next++];
                last = last - v[m];
                continue;
            }
            around.empty = around.empty || last.high < least || last.low > 1;
            v[m] = common(last, Interval(least, 1.0));
        }
        around.v.push_back(std::move(v));
    }
    if (around.empty) {
        return around;
    }
    for (std::size_t k = 0; k < classes; ++k) {
        std::vector<std::vector<Interval>> differences(dimension, std::vector<Interval>(classes));
        std::vector<Interval> scale(dimension), lengths(dimension);
        for (std::size_t i = 0; i < dimension; ++i) {
            scale[i] = root(box.columns[i].tau * constants.slope[k]);
            for (std::size_t m = 0; m < classes; ++m) {
                differences[i][m] = m == k ? Interval(0.0) : around.v[i][k] - around.v[i][m];
            }
        }
        const std::vector<double> guess = middle_lengths(differences, scale);
        for (std::size_t i = 0; i < dimension; ++i) {
            lengths[i] = scale[i] * Interval(guess[i]);
        }
        std::vector<Interval> p = probabilities(differences, lengths), gain = gains(differences, p);
        Interval distance(0.0);
        for (std::size_t i = 0; i < dimension; ++i) {
            const Interval slope = Interval(guess[i]) - scale[i] * gain[i];
            distance = distance + (guess[i] > 0 ? square(Interval(slope.magnitude()))
                                                : square(Interval(std::max(0.0, -slope.low))));
        }
        const double radius = root(distance).high;
        std::vector<Interval> y(dimension);
        for (std::size_t i = 0; i < dimension; ++i) {
            y[i] = {std::max(0.0, below(guess[i] - radius)), above(guess[i] + radius)};
        }
        for (int narrowing = 0; narrowing < narrowings; ++narrowing) {
            for (std::size_t i = 0; i < dimension; ++i) {
                lengths[i] = scale[i] * y[i];
            }
            p = probabilities(differences, lengths);
            gain = gains(differences, p);
            for (std::size_t i = 0; i < dimension; ++i) {
                y[i] = common(y[i], scale[i] * positive_part(gain[i]));
            }
        }
        around.p.push_back(std::move(p));
        around.gain.push_back(std::move(gain));
    }
    return around;
}

bool no_stationary_point(const MinimaConstants& constants, const MinimaBox& box, const Surroundings& around) {
    const auto classes = static_cast<std::size_t>(constants.classes);
    Interval length(0.0);
    for (std::size_t i = 0; i < box.columns.size(); ++i) {
        Interval norm(0.0), paid(0.0);
        for (std::size_t m = 0; m < classes; ++m) {
            Interval gradient = around.v[i][m];
            for (std::size_t k = 0; k < classes; ++k) {
                Interval residual = around.p[k][m];
                if (k == m) {  // 1 - p_kk, as a sum of the others
                    Interval others(0.0);
                    for (std::size_t l = 0; l < classes; ++l) {
                        others = l == k ? others : others + around.p[k][l];
                    }
                    residual = Interval(0.0) - common(others, Interval(1.0) - around.p[k][k]);
                }
                gradient = gradient + constants.pull_squared[k] * residual * positive_part(around.gain[k][i]);
            }
            if (!gradient.contains_zero()) {
                return true;
            }
            norm = norm + square(around.v[i][m]);
            paid = paid + constants.pull_squared[m] * square(positive_part(around.gain[m][i]));
        }
        // The gradient's product with v_i.
        if (!(norm - paid).contains_zero()) {
            return true;
        }
        length = length + box.columns[i].tau * norm;
    }
    return length.low > constants.top.high;
}

}  // namespace ncverify::certificates
