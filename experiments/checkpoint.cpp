#include "experiments/checkpoint.hpp"

#include <torch/serialize.h>

#include "files/atomic_file.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"

namespace ncverify::experiments {

namespace {

// Every tensor by a name: parameters, buffers (of normalisations), velocities.
std::vector<std::pair<std::string, torch::Tensor>> tensors(Network& network, Descent& descent) {
    std::vector<std::pair<std::string, torch::Tensor>> all;
    const auto add = [&](const std::string& kind, const std::vector<torch::Tensor>& some) {
        for (const torch::Tensor& tensor : some) {
            all.emplace_back(kind + std::to_string(all.size()), tensor);
        }
    };
    add("parameter", network.parameters());
    add("buffer", network.buffers());
    add("velocity", descent.velocities());
    return all;
}

[[noreturn]] void refuse(const std::string& why, const std::filesystem::path& path) {
    throw InputError(why, printable(path.string()),
                     "the checkpoint that this program wrote; without it the run starts anew");
}

torch::serialize::InputArchive opened(const std::filesystem::path& path) {
    const std::string text = files::read_file(path.string(), printable(path.string()), 1LL << 36);
    torch::serialize::InputArchive archive;
    try {
        archive.load_from(text.data(), text.size());
    } catch (const std::exception&) {
        refuse("cannot be read", path);
    }
    return archive;
}

std::string text_in(torch::serialize::InputArchive& archive, const std::string& key,
                    const std::filesystem::path& path) {
    c10::IValue value;
    if (!archive.try_read(key, value) || !value.isString()) {
        refuse("lacks its " + key, path);
    }
    return value.toStringRef();
}

long number_in(torch::serialize::InputArchive& archive, const std::string& key,
               const std::filesystem::path& path) {
    c10::IValue value;
    if (!archive.try_read(key, value) || !value.isInt() || value.toInt() < 0) {
        refuse("lacks its " + key, path);
    }
    return value.toInt();
}

}  // namespace

void write_checkpoint(const std::filesystem::path& path, const Place& place, Network& network,
                      Descent& descent) {
    torch::serialize::OutputArchive archive;
    archive.write("epoch", c10::IValue(static_cast<std::int64_t>(place.epoch)));
    archive.write("step", c10::IValue(static_cast<std::int64_t>(place.step)));
    archive.write("settings", c10::IValue(place.settings));
    archive.write("metrics", c10::IValue(place.metrics));
    for (const auto& [name, tensor] : tensors(network, descent)) {
        archive.write(name, tensor.detach());
    }
    files::AtomicFile file(path);
    archive.save_to([&](const void* bytes, std::size_t size) {
        file.append({static_cast<const char*>(bytes), size});
        return size;
    });
    file.put_in_place();
}

std::string checkpoint_settings(const std::filesystem::path& path) {
    auto archive = opened(path);
    return text_in(archive, "settings", path);
}

Place read_checkpoint(const std::filesystem::path& path, Network& network, Descent& descent) {
    auto archive = opened(path);
    Place place{.epoch = number_in(archive, "epoch", path),
                .step = number_in(archive, "step", path),
                .settings = text_in(archive, "settings", path),
                .metrics = text_in(archive, "metrics", path)};
    const torch::NoGradGuard no_gradients;
    for (auto& [name, tensor] : tensors(network, descent)) {
        torch::Tensor stored;
        if (!archive.try_read(name, stored) || stored.sizes() != tensor.sizes() ||
            stored.dtype() != tensor.dtype()) {
            refuse("is of another network", path);
        }
        tensor.copy_(stored);
    }
    return place;
}

}  // namespace ncverify::experiments
