#include "experiments/command.hpp"

#include <nlohmann/json.hpp>

#include "problem/errors.hpp"

namespace ncverify::experiments {

namespace {

// A decimal from 0 to below `limit`, or above 0 alone.
Decimal decimal_of(const Given& given, const std::string& otherwise, bool may_be_zero, double limit,
                   const std::string& expected) {
    const std::string text = given.empty() ? otherwise : given.text;
    const double value = from_rational<double>(parse_rational(text, given.row.name));
    if (value < 0 || value >= limit || (value == 0 && !may_be_zero)) {
        throw InputError("'" + printable(text) + "' is out of range", given.row.name, expected);
    }
    return {text, value};
}

long number_of(const Given& given, long otherwise) {
    return given.empty() ? otherwise : static_cast<long>(given.number());
}

Configuration configuration_of(const Arguments& arguments, const Preset& preset) {
    if (preset.architecture != Architecture::mlp && !arguments.hidden.empty()) {
        throw InputError("is given with the preset " + std::string(preset.name), arguments.hidden.row.name,
                         "an MLP; the ResNet18 has 512 features");
    }
    const std::string counts = arguments.counts.empty() ? preset.counts : arguments.counts.text;
    const std::string lambda_w = arguments.lambda_w.empty() ? preset.lambda_w : arguments.lambda_w.text;
    const std::string lambda_h = arguments.lambda_h.empty() ? preset.lambda_h : arguments.lambda_h.text;
    parse_lambda(lambda_w, arguments.lambda_w.row.name);
    parse_lambda(lambda_h, arguments.lambda_h.row.name);
    const Configuration configuration =
        make_configuration(parse_counts(counts, arguments.counts.row.name), lambda_w, lambda_h,
                           number_of(arguments.hidden, preset.hidden));
    if (configuration.classes() > 10) {
        throw InputError("has " + std::to_string(configuration.classes()) + " classes",
                         arguments.counts.row.name, "at most 10, as the images have");
    }
    const std::string& weights = arguments.weights.text;
    return weights == "none" ? configuration
                             : with_weights(configuration, std::vector{weights}, arguments.weights.row.name);
}

// An option of data that the preset does not read, or lacks.
void require_folder_for(const Given& given, bool wanted, const Preset& preset, const std::string& what) {
    if (wanted == given.empty()) {
        throw InputError(
            wanted ? "is not given" : "is given with the preset " + std::string(preset.name), given.row.name,
            wanted ? what + ", which the preset " + preset.name + " trains on" : "no such option");
    }
}

}  // namespace

std::vector<Given*> Arguments::all() {
    return {&preset,        &cifar10,        &mnist,      &out,
            &weights,       &counts,         &lambda_w,   &lambda_h,
            &hidden,        &epochs,         &drop_epoch, &learning_rate,
            &momentum,      &backbone_decay, &batch,      &initialisation,
            &augmentation,  &seed,           &threads,    &checkpoint_every,
            &metrics_every, &until};
}

Settings settings_of(const Arguments& arguments) {
    const Preset preset = preset_named(arguments.preset.text, arguments.preset.row.name);
    require_folder_for(arguments.cifar10, preset.source == Source::cifar10, preset,
                       "the folder with CIFAR-10's binary files");
    require_folder_for(arguments.mnist, preset.source == Source::mnist, preset,
                       "the folder with MNIST's files, or what experiments/fetch-digits wrote");
    Settings settings{.preset = preset.name,
                      .architecture = preset.architecture,
                      .source = preset.source,
                      .configuration = configuration_of(arguments, preset),
                      .weights = arguments.weights.text == "none" ? "" : arguments.weights.text};
    settings.learning_rate =
        decimal_of(arguments.learning_rate, preset.learning_rate, false, 1e6, "a number above 0");
    settings.momentum = decimal_of(arguments.momentum, "", true, 1, "a number from 0 to below 1");
    settings.backbone_decay =
        decimal_of(arguments.backbone_decay, "", true, 1e6, "a number that is not negative");
    settings.batch = number_of(arguments.batch, 0);
    settings.epochs = number_of(arguments.epochs, preset.epochs);
    settings.drop_epoch = number_of(arguments.drop_epoch, preset.drop_epoch);
    settings.initialisation = arguments.initialisation.choice();
    settings.augmentation = arguments.augmentation.choice();
    settings.seed = arguments.seed.seed();
    settings.threads = static_cast<int>(arguments.threads.number());
    settings.checkpoint_every = number_of(arguments.checkpoint_every, preset.checkpoint_every);
    settings.metrics_every = number_of(arguments.metrics_every, 0);
    number_of(arguments.until, 0);
    return settings;
}

std::filesystem::path folder_of(const Arguments& arguments, const Settings& settings) {
    if (!arguments.out.empty()) {
        return arguments.out.text;
    }
    const std::string weights = settings.weights.empty() ? "none" : settings.weights;
    const bool rule = weights.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos;
    return std::filesystem::path("experiments/runs") /
           (settings.preset + "-" + (rule ? weights : "weighted"));
}

Data data_of(const Arguments& arguments, const Settings& settings, std::string& read) {
    const auto& counts = settings.configuration.counts;
    const Images images =
        settings.source == Source::cifar10 ? read_cifar10(arguments.cifar10.text, arguments.cifar10.row.name)
        : settings.source == Source::mnist ? read_mnist(arguments.mnist.text, arguments.mnist.row.name)
                                           : generated_images(counts, settings.seed);
    read = images.source;
    Data data{.channels = images.channels, .height = images.height, .width = images.width};
    data.subset = draw_subset(images, counts, settings.seed, arguments.counts.row.name);
    data.inputs = standardised(images, data.subset);
    return data;
}

std::string run_text(const Settings& settings, const Data& data, const std::string& images) {
    const Json run = {{"version", NCVERIFY_VERSION},
                      {"torch", torch_version()},
                      {"settings", settings_json(settings)},
                      {"images", images},
                      {"channels", data.channels},
                      {"height", data.height},
                      {"width", data.width},
                      {"means", data.inputs.means},
                      {"standard_deviations", data.inputs.spreads},
                      {"indices", data.subset.indices}};
    return run.dump() + "\n";
}

std::string measure_line(const Settings& settings, const std::filesystem::path& folder) {
    const std::string snapshots = " '" + (folder / "epoch-*.npz").string() + ":";
    return "ncverify measure --features" + snapshots + "H' --labels" + snapshots + "Y' --classifier" +
           snapshots + "W' --lambda-w " + settings.configuration.lambda_w_text + " --lambda-h " +
           settings.configuration.lambda_h_text +
           (settings.weights.empty() ? "" : " --weights " + settings.weights) + " --out " +
           (folder / "measured").string();
}

}  // namespace ncverify::experiments
