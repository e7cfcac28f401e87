#include "measure/measurement.hpp"

#include <fmt/format.h>
#include <tbb/task_arena.h>

#include <chrono>

#include "certificates/check.hpp"
#include "measure/column_sketch.hpp"
#include "measure/columns.hpp"
#include "measure/gap.hpp"
#include "problem/errors.hpp"
#include "problem/processor_clock.hpp"
#include "problem/progress.hpp"
#include "theory/closed_form.hpp"
#include "theory/metrics.hpp"

namespace ncverify::measure {

namespace {

// Twice a double's: what is left to rounding is that of the measured sums.
constexpr long working_digits = 40;
using Clock = std::chrono::steady_clock;

double nearest_double(const Enclosure& value) {
    return arf_get_d(arb_midref(value.data()), ARF_RND_NEAR);
}

// What one network goes through: the readings, and what is made of them.
class Examination {
  public:
    Examination(NetworkArrays arrays, const Training& training)
        : training_(training),
          network_(open_network(std::move(arrays), {training.ignored_label, !training.counts.empty()})) {
        result_.counts = network_.counts;
        result_.configuration = configuration_with(training.lambda_w, training.lambda_h);
        result_.has_decays = !training.lambda_w.empty() && !training.lambda_h.empty();
        result_.other_samples = result_.configuration.counts != network_.counts;
        result_.ignored = static_cast<long long>(network_.labels.size()) - network_.samples();
    }

    Measurement finished() {
        read_means();
        const bool bounded = result_.has_decays && has_gap();
        read_samples(bounded ? best_slopes(result_.configuration) : std::vector<Rational>());
        look_for_decays();
        if (result_.has_decays) {
            if (has_gap() && !bounded) {
                read_samples(best_slopes(result_.configuration));
            }
            hold_against_theory();
        }
        result_.features = network_.features.array();
        result_.labels = std::move(network_.labels_array);
        result_.classifier = std::move(network_.classifier_array);
        result_.bias_array = std::move(network_.bias_array);
        result_.bias = network_.bias;
        result_.read_as = std::move(network_.read_as);
        return std::move(result_);
    }

  private:
    // NC2 and the implied decays need none, so that a configuration may lack them here.
    Configuration configuration_with(const std::string& lambda_w, const std::string& lambda_h) const {
        const auto& counts = training_.counts.empty() ? network_.counts : training_.counts;
        if (counts.size() != network_.counts.size()) {
            throw InputError(fmt::format("has {} counts", counts.size()), "--counts",
                             fmt::format("{}, one for each row of the classifier", network_.counts.size()));
        }
        Configuration configuration;
        if (!lambda_w.empty() && !lambda_h.empty()) {
            configuration = make_configuration(counts, lambda_w, lambda_h, network_.dimension());
        } else {
            configuration.counts = counts;
            configuration.dimension = network_.dimension();
        }
        return with_weights(configuration, training_.weights, "--weights");
    }

    static std::vector<Rational> best_slopes(const Configuration& configuration) {
        return certificates::best_slopes(configuration, working_digits);
    }

    // With a bias the dual bound is false, and other samples have another loss.
    bool has_gap() const { return network_.bias.size() == 0 && !result_.other_samples; }
    bool lacks_classes() const { return present_classes(network_.counts).size() < network_.counts.size(); }

    void read_means() {
        const auto start = Clock::now();
        ClassMeans found = class_means(network_);
        result_.means_seconds = seconds_since(start);
        result_.range = found.range;
        means_ = std::move(found.means);
        between();
        const Matrix<double> classifiers = network_.classifier.transpose();
        plain_logits_ = inner_products(classifiers, means_);
        result_.logits = plain_logits_;
        if (network_.bias.size() > 0) {
            result_.logits.colwise() += network_.bias;
        }
        result_.feature_gram = gram_matrix(means_);
        result_.classifier_gram = gram_matrix(classifiers);
        distances_ = squared_distances(means_, result_.feature_gram);
        result_.feature_angles = angles(means_, result_.feature_gram);
        result_.classifier_angles = angles(network_.classifier.transpose(), result_.classifier_gram);
        if (!lacks_classes()) {
            result_.nc2 = theory::nc2(result_.configuration, network_.classifier, means_);
        }
        for (std::size_t k = 0; k < network_.counts.size(); ++k) {
            omega_.push_back(result_.configuration.weighted()
                                 ? weight_value<double>(result_.configuration.weights[k])
                                 : 1);
        }
    }

    // S_B about h_G, and what turns it into the one about m: with g = h_G - m it is S_B - g g^T, so that by
    // Sherman and Morrison its pseudo-inverse is S_B^+ + q q^T / (1 - g^T q), q = S_B^+ g.
    void between() {
        const std::vector<Eigen::Index> present = present_classes(network_.counts);
        Matrix<double> chosen(means_.rows(), static_cast<Eigen::Index>(present.size()));
        std::vector<long long> counts;
        for (std::size_t j = 0; j < present.size(); ++j) {
            chosen.col(static_cast<Eigen::Index>(j)) = means_.col(present[j]);
            counts.push_back(network_.counts[static_cast<std::size_t>(present[j])]);
        }
        result_.between = between_classes(chosen, counts);
        const Vector<long double> shares =
            centre_shares(network_.counts, Centre::sample_mean).cast<long double>() -
            centre_shares(network_.counts, Centre::class_means).cast<long double>();
        const Vector<double> offset = (means_.cast<long double>() * shares).cast<double>();
        const Vector<double> along = result_.between.scaled_directions.transpose() * offset;
        const auto classes = static_cast<double>(present.size());
        recentring_ = classes * along;
        result_.recentring_share = classes * along.squaredNorm();
    }

    SampleStatistics statistics(const std::vector<Rational>& slopes) {
        std::vector<double> rounded;
        for (const Rational& slope : slopes) {
            rounded.push_back(from_rational<double>(slope));
        }
        return sample_statistics(
            network_, {means_, plain_logits_, distances_, result_.between, recentring_, rounded, omega_});
    }

    void read_samples(const std::vector<Rational>& slopes) {
        const auto start = Clock::now();
        found_ = statistics(slopes);
        slopes_ = slopes;
        result_.statistics_seconds += seconds_since(start);
        result_.classes = found_.classes;
        result_.by_direction = found_.by_direction;
        const long long samples = network_.samples();
        long double projected = 0, recentred = 0, off_nearest = 0, entropy = 0;
        std::vector<double> variances;
        for (std::size_t k = 0; k < found_.classes.size(); ++k) {
            const ClassSums& sums = found_.classes[k];
            projected += sums.projected;
            recentred += sums.recentred;
            off_nearest += static_cast<long double>(sums.off_nearest);
            entropy += static_cast<long double>(omega_[k]) * sums.cross_entropy;
            variances.push_back(per_sample(sums.spread, network_.counts[k]).value_or(0));
        }
        // (19): trace(S_W S_B^+) / K = (1/N) sum_ki sum_r (u_r . (h_ki - h_k) / s_r)^2, see BetweenClasses.
        result_.nc1 = *per_sample(projected, samples);
        result_.cross_entropy = *per_sample(entropy, samples);
        const auto classes = static_cast<double>(present_classes(network_.counts).size());
        for (const Centre centre : {Centre::class_means, Centre::sample_mean}) {
            UsualMetrics usual = geometry_metrics({means_, network_.classifier, result_.classifier_gram,
                                                   distances_, variances, network_.counts},
                                                  centre);
            usual.sw_inv_sb = classes * result_.nc1;
            usual.ncc_mismatch = per_sample(off_nearest, samples);
            (centre == Centre::class_means ? result_.usual.class_means : result_.usual.sample_mean) = usual;
        }
        *result_.usual.class_means.sw_inv_sb +=
            *per_sample(recentred, samples) / (1 - result_.recentring_share);
    }

    double feature_square() const {
        long double sum = 0;
        for (std::size_t k = 0; k < found_.classes.size(); ++k) {
            sum += found_.classes[k].spread +
                   static_cast<long double>(network_.counts[k]) *
                       static_cast<long double>(means_.col(static_cast<Eigen::Index>(k)).squaredNorm());
        }
        return static_cast<double>(sum);
    }

    void look_for_decays() {
        if (result_.other_samples) {
            return;
        }
        long double g = 0;
        for (std::size_t k = 0; k < found_.classes.size(); ++k) {
            g += static_cast<long double>(omega_[k]) * found_.classes[k].pull;
        }
        const ColumnSketch sketch(network_.dimension(), network_.classes());
        const Matrix<double> sketched = sketch(files::RowMatrix(network_.classifier));
        result_.implied = implied_decays(*per_sample(g, network_.samples()), network_.classifier.norm(),
                                         feature_square(), found_.pull, sketched, found_.pull_exact);
        if (!result_.implied || result_.has_decays) {
            return;
        }
        const auto decays = completed({training_.lambda_w, training_.lambda_h}, *result_.implied);
        if (!decays) {
            return;
        }
        result_.lambda_w_implied = training_.lambda_w.empty();
        result_.lambda_h_implied = training_.lambda_h.empty();
        result_.configuration = configuration_with(decays->lambda_w, decays->lambda_h);
        result_.has_decays = true;
    }

    void hold_against_theory() {
        const Configuration& configuration = result_.configuration;
        const theory::ClosedForm form = theory::closed_form(configuration);
        std::vector<double>& margins = result_.margins;
        margins.clear();  // this is asked twice where decays do not fit
        bool flat = true;
        for (const theory::ClassForm& one : form.classes) {
            margins.push_back(one.collapsed ? 0 : nearest_double(one.margin));
            flat = flat && one.collapsed;
        }
        std::vector<double> spread;
        for (const ClassSums& sums : found_.classes) {
            spread.push_back(static_cast<double>(sums.spread));
        }
        if (!lacks_classes()) {
            result_.nc3 = theory::nc3(result_.logits, margins);
        }
        result_.nc3_target = flat ? std::nullopt : std::optional(0.0);
        result_.targets =
            BothCentres{target_metrics(configuration.counts, network_.counts, margins, Centre::class_means),
                        target_metrics(configuration.counts, network_.counts, margins, Centre::sample_mean)};
        result_.dead = dead_classes(configuration, form, result_.feature_gram, spread, network_.counts);
        if (result_.other_samples) {
            return;
        }
        result_.loss = loss_of(configuration, network_.classifier, means_, found_.classes);
        if (has_gap()) {
            result_.gap = gap_of(configuration, slopes_, network_.classifier, means_, found_.classes);
            look_for_contradiction();
        }
    }

    void look_for_contradiction() {
        if (!result_.implied || result_.lambda_w_implied || result_.lambda_h_implied) {
            return;
        }
        const auto fitting = contradicted({training_.lambda_w, training_.lambda_h}, *result_.implied);
        if (!fitting) {
            return;
        }
        const Configuration other = configuration_with(fitting->lambda_w, fitting->lambda_h);
        const std::vector<Rational> slopes = best_slopes(other);
        result_.contradiction = Contradiction{
            *fitting, gap_of(other, slopes, network_.classifier, means_, statistics(slopes).classes)};
    }

    const Training& training_;
    Network network_;
    Measurement result_;
    Matrix<double> means_, plain_logits_, distances_;
    Vector<double> recentring_;
    std::vector<double> omega_;
    SampleStatistics found_;
    std::vector<Rational> slopes_;  // of the last reading
};

}  // namespace

long long Measurement::samples() const {
    long long sum = 0;
    for (const long long count : counts) {
        sum += count;
    }
    return sum;
}

long long Measurement::correct() const {
    long long sum = 0;
    for (const ClassSums& sums : classes) {
        sum += sums.correct;
    }
    return sum;
}

long long Measurement::first() const {
    long long sum = 0;
    for (const ClassSums& sums : classes) {
        sum += sums.first;
    }
    return sum;
}

double Measurement::other_logits(Eigen::Index k) const {
    return (logits.col(k).sum() - logits(k, k)) / static_cast<double>(configuration.classes() - 1);
}

std::optional<double> per_sample(long double sum, long long samples) {
    return samples > 0 ? std::optional(static_cast<double>(sum / static_cast<long double>(samples)))
                       : std::nullopt;
}

Measurement measure(NetworkArrays arrays, const Training& training, int jobs) {
    tbb::task_arena arena(jobs > 0 ? jobs : tbb::task_arena::automatic);
    const ProgressWatcher* watcher = progress_watcher();
    return arena.execute([&] {
        const auto start = Clock::now();
        const WatchProgress watching(watcher);
        const PrecisionScope precision(working_digits);
        Measurement result = Examination(std::move(arrays), training).finished();
        result.total_seconds = seconds_since(start);
        return result;
    });
}

Measurement measure(const NetworkFiles& files, const Training& training, int jobs) {
    return measure(open_arrays(files), training, jobs);
}

}  // namespace ncverify::measure
