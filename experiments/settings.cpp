#include "experiments/settings.hpp"

#include <nlohmann/json.hpp>

namespace ncverify::experiments {

double Settings::lambda_w() const {
    return from_rational<double>(configuration.lambda_w);
}

double Settings::lambda_h() const {
    return from_rational<double>(configuration.lambda_h);
}

std::vector<float> Settings::omega() const {
    std::vector<float> omega(configuration.counts.size(), 1.0F);
    for (std::size_t k = 0; k < configuration.weights.size(); ++k) {
        omega[k] = static_cast<float>(weight_value<double>(configuration.weights[k]));
    }
    return omega;
}

double Settings::rate_in(long epoch) const {
    return epoch > drop_epoch ? learning_rate.value / 10 : learning_rate.value;
}

Json settings_json(const Settings& settings) {
    const Configuration& configuration = settings.configuration;
    return {{"preset", settings.preset},
            {"counts", configuration.counts},
            {"lambda_w", configuration.lambda_w_text},
            {"lambda_h", configuration.lambda_h_text},
            {"weights", settings.weights.empty() ? Json("none") : Json(settings.weights)},
            {"hidden", settings.hidden()},
            {"learning_rate", settings.learning_rate.text},
            {"momentum", settings.momentum.text},
            {"backbone_decay", settings.backbone_decay.text},
            {"batch", settings.batch},
            {"epochs", settings.epochs},
            {"drop_epoch", settings.drop_epoch},
            {"initialisation", settings.initialisation},
            {"augmentation", settings.augmentation},
            {"seed", settings.seed},
            {"threads", settings.threads},
            {"checkpoint_every", settings.checkpoint_every},
            {"metrics_every", settings.metrics_every}};
}

std::string difference(const Json& started, const Json& now) {
    for (const auto& [key, value] : now.items()) {
        if (!started.contains(key) || started.at(key) != value) {
            return key + " " + (started.contains(key) ? started.at(key).dump() : "absent") + ", not " +
                   value.dump();
        }
    }
    return "";
}

}  // namespace ncverify::experiments
