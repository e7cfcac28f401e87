// Settings: everything that a run's bytes depend on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/preset.hpp"
#include "files/json.hpp"
#include "problem/configuration.hpp"

namespace ncverify::experiments {

/// A positive number or zero as it was written, and as it is computed with.
struct Decimal {
    std::string text;
    double value = 0;
};

struct Settings {
    std::string preset;
    Architecture architecture = Architecture::mlp;
    Source source = Source::generated;
    Configuration configuration;  ///< counts, lambda_W, lambda_H, omega, d: the problem that is trained on
    std::string weights;          ///< as they were given: a rule or a list; "" for none
    Decimal learning_rate = {}, momentum = {}, backbone_decay = {};
    long batch = 32, epochs = 0, drop_epoch = 0;
    std::string initialisation = {}, augmentation = {};
    std::uint64_t seed = 1;
    int threads = 1;
    long checkpoint_every = 1, metrics_every = 1;

    long hidden() const { return static_cast<long>(configuration.dimension); }  ///< d
    double lambda_w() const;
    double lambda_h() const;
    std::vector<float> omega() const;  ///< K class weights
    /// The rate of an epoch counted from 1: a tenth after drop_epoch.
    double rate_in(long epoch) const;
};

/// What run.json and checkpoints say of them.
Json settings_json(const Settings& settings);

/// How settings differ from those that a run was started with, such as "learning_rate 1e-2, not 1e-3"; ""
/// where they do not.
std::string difference(const Json& started, const Json& now);

}  // namespace ncverify::experiments
