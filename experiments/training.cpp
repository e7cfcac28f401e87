#include "experiments/training.hpp"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <torch/version.h>

#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>

#include "experiments/augmentation.hpp"
#include "experiments/checkpoint.hpp"
#include "experiments/loss.hpp"
#include "experiments/schedule.hpp"
#include "files/atomic_file.hpp"
#include "files/npz.hpp"
#include "problem/random.hpp"

namespace ncverify::experiments {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr const char* checkpoint_name = "checkpoint.pt";
// What seeds are split by, beyond any class's number.
constexpr std::uint64_t of_epochs = 1'000'000;
constexpr long measured_at_once = 1000;  // images whose features are computed together

// What the process has worked, all its threads together, in seconds.
double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// The order in which an epoch sees the samples: each equally likely, a function of seed and epoch.
torch::Tensor order_of(long epoch, long samples, std::uint64_t seed) {
    Random random(split_seed(split_seed(seed, of_epochs), static_cast<std::uint64_t>(epoch)));
    torch::Tensor order = torch::arange(samples);
    auto* places = order.data_ptr<std::int64_t>();
    for (long i = 0; i + 1 < samples; ++i) {
        std::swap(places[i],
                  places[i + static_cast<long>(random.uniform() * static_cast<double>(samples - i))]);
    }
    return order;
}

// Units that have died leave velocities that shrink for ever: numbers below the smallest normal one cost a
// hundred times the others. For as long as this lives they are zero to the network; what measures is left as
// it is elsewhere.
struct WithoutDenormals {
    WithoutDenormals() { at::globalContext().setFlushDenormal(true); }
    WithoutDenormals(const WithoutDenormals&) = delete;
    WithoutDenormals& operator=(const WithoutDenormals&) = delete;
    ~WithoutDenormals() { at::globalContext().setFlushDenormal(false); }
};

class Training {
  public:
    Training(const Settings& settings, const Data& data, const fs::path& folder, const Watch& watch)
        : settings_(settings),
          data_(data),
          folder_(folder),
          watch_(watch),
          samples_(static_cast<long>(data.subset.labels.size())),
          network_(make_network(settings, data.channels, data.height, data.width)),
          descent_(*network_, settings.momentum.value, settings.backbone_decay.value),
          loss_{settings.lambda_w(), settings.lambda_h(), samples_,
                torch::tensor(at::ArrayRef<float>(settings.omega()))} {
        // Neither is written to.
        images_ = torch::from_blob(const_cast<float*>(data.inputs.values.data()),
                                   {samples_, data.channels, data.height, data.width}, torch::kFloat32);
        labels_ =
            torch::from_blob(const_cast<std::int64_t*>(data.subset.labels.data()), {samples_}, torch::kInt64);
        place_.settings = settings_json(settings).dump();
        place_.metrics = csv_header();
    }

    Outcome run(long until) {
        const fs::path checkpoint = folder_ / checkpoint_name;
        if (fs::exists(checkpoint)) {
            place_ = read_checkpoint(checkpoint, *network_, descent_);
            watch_.resumed(place_.epoch);
        } else {
            look();
        }
        first_ = place_.epoch;
        begin_ = Clock::now();
        last_ = std::min(until, settings_.epochs);
        while (place_.epoch < last_) {
            const double begin = processor_seconds();
            const bool whole = train_epoch();
            outcome_.training_seconds += processor_seconds() - begin;
            if (!whole) {
                break;
            }
            ++place_.epoch;
            place_.step = 0;
            if (is_measured(place_.epoch, settings_.metrics_every, settings_.drop_epoch, settings_.epochs)) {
                look();
            }
            if (place_.epoch % settings_.checkpoint_every == 0 && place_.epoch < last_) {
                save();
            }
        }
        save();
        outcome_.epoch = place_.epoch;
        outcome_.finished = place_.epoch >= settings_.epochs;
        return outcome_;
    }

  private:
    // What is left of an epoch. False where it was left before its end.
    bool train_epoch() {
        const WithoutDenormals faster;
        network_->train();
        const long epoch = place_.epoch + 1;
        const torch::Tensor order = order_of(epoch, samples_, settings_.seed);
        for (long begin = place_.step * settings_.batch; begin < samples_; begin += settings_.batch) {
            if (watch_.stop()) {
                return false;
            }
            const torch::Tensor chosen = order.slice(0, begin, begin + settings_.batch);
            torch::Tensor images = images_.index_select(0, chosen);
            if (settings_.augmentation == "flip-shift") {
                images = flipped_and_shifted(
                    images, split_seed(split_seed(settings_.seed, of_epochs + 1),
                                       static_cast<std::uint64_t>(epoch * samples_ + begin)));
            }
            minibatch_loss(network_->features(images), network_->classifier(),
                           labels_.index_select(0, chosen), loss_)
                .backward();
            descent_.step(settings_.rate_in(epoch));
            ++place_.step;
        }
        return true;
    }

    // Features of all samples, N x d, as the network has them now.
    torch::Tensor all_features() {
        const WithoutDenormals faster;
        const torch::NoGradGuard no_gradients;
        network_->eval();
        std::vector<torch::Tensor> parts;
        for (long begin = 0; begin < samples_; begin += measured_at_once) {
            parts.push_back(network_->features(images_.slice(0, begin, begin + measured_at_once)));
        }
        return torch::cat(parts).contiguous();
    }

    // Metrics, a line of metrics.csv, and where one is due a snapshot.
    void look() {
        const double begin = processor_seconds();
        const torch::Tensor features = all_features();
        const torch::Tensor classifier = network_->classifier().detach().contiguous();
        const Metrics metrics = measured(
            {features.data_ptr<float>(), data_.subset.labels, classifier.data_ptr<float>()}, settings_);
        place_.metrics += csv_line(place_.epoch, settings_.rate_in(place_.epoch), metrics);
        outcome_.metrics_seconds += processor_seconds() - begin;
        if (is_snapshot(place_.epoch, settings_.drop_epoch, settings_.epochs)) {
            const auto rows = [](const torch::Tensor& matrix) -> files::RowsOfFloats {
                return Eigen::Map<const files::RowsOfFloats>(matrix.data_ptr<float>(), matrix.size(0),
                                                             matrix.size(1));
            };
            const std::string path = (folder_ / fmt::format("epoch-{:05}.npz", place_.epoch)).string();
            files::write_npz_of_floats(path, path, {{"H", rows(features)}, {"W", rows(classifier)}},
                                       data_.subset.labels);
        }
        const long done = place_.epoch - first_;
        const double elapsed = std::chrono::duration<double>(Clock::now() - begin_).count();
        const double each = done > 0 ? elapsed / static_cast<double>(done) : 0;
        watch_.told({place_.epoch, metrics, each * static_cast<double>(settings_.epochs - place_.epoch)});
    }

    void save() {
        files::write_atomically(folder_ / "metrics.csv", place_.metrics);
        write_checkpoint(folder_ / checkpoint_name, place_, *network_, descent_);
    }

    const Settings& settings_;
    const Data& data_;
    const fs::path folder_;
    const Watch& watch_;
    const long samples_;
    std::shared_ptr<Network> network_;
    Descent descent_;
    LossSettings loss_;
    torch::Tensor images_, labels_;
    Place place_;
    long first_ = 0, last_ = 0;
    Clock::time_point begin_ = Clock::now();
    Outcome outcome_;
};

}  // namespace

Outcome train(const Settings& settings, const Data& data, const fs::path& folder, long until,
              const Watch& watch) {
    at::set_num_threads(settings.threads);
    at::globalContext().setDeterministicAlgorithms(true, false);
    Training training(settings, data, folder, watch);
    return training.run(until);
}

std::string difference_to_run(const fs::path& folder, const Settings& settings) {
    const fs::path checkpoint = folder / checkpoint_name;
    if (!fs::exists(checkpoint)) {
        return "";
    }
    return difference(Json::parse(checkpoint_settings(checkpoint)), settings_json(settings));
}

std::string torch_version() {
    return fmt::format("{}.{}.{}", TORCH_VERSION_MAJOR, TORCH_VERSION_MINOR, TORCH_VERSION_PATCH);
}

}  // namespace ncverify::experiments
