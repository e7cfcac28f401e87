#include "reports/pictures/pictures.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "problem/random.hpp"
#include "reports/pictures/parts.hpp"

namespace ncverify::reports {

namespace {

// The paper's classes under a decay so strong that the smallest stand close to the threshold, and the turning
// point of the feature norm lies among them.
Configuration strong_decay() {
    return make_configuration({100, 100, 200, 200, 300, 300, 400, 400, 500, 500}, "3e-3", "2.5e-3");
}

// The paper's configuration, in which nothing is near collapse.
Configuration mild_decay() {
    return make_configuration({100, 100, 200, 200, 300, 300, 400, 400, 500, 500}, "1e-4", "1e-5");
}

// A long tail, under decays so strong that each of the usual class weights but one leaves its mark: which
// classes collapse.
Configuration long_tail() {
    return make_configuration({5000, 2997, 1797, 1077, 646, 387, 232, 139, 83, 50}, "5e-3", "5e-4");
}

// Pictures of which a run has several, one for each configuration.
bool drawn_several_times(const std::string& name) {
    return name == "norms" || name == "weights";
}

}  // namespace

nlohmann::ordered_json pictures(const PictureOptions& options) {
    using nlohmann::ordered_json;
    struct Part {
        const char* name;
        std::function<ordered_json(std::uint64_t)> draw;
    };
    const Configuration& own = options.configuration;
    std::vector<Part> parts = {
        {"matrices", [&](std::uint64_t seed) { return matrices_picture(own, seed); }},
        {"norms", [&](std::uint64_t seed) { return norms_picture(own, seed); }},
        {"precision", [&](std::uint64_t seed) { return precision_picture(own, seed); }},
    };
    if (options.survey) {
        parts.push_back({"path", path_picture});
        parts.push_back({"norms", [](std::uint64_t seed) { return norms_picture(strong_decay(), seed); }});
        parts.push_back({"phases", phases_picture});
        parts.push_back({"landscape", landscape_picture});
        parts.push_back({"weights", [](std::uint64_t seed) { return weights_picture(mild_decay(), seed); }});
        parts.push_back({"weights", [](std::uint64_t seed) { return weights_picture(long_tail(), seed); }});
    }
    std::vector<ordered_json> drawn(parts.size());
    tbb::task_arena arena(options.jobs > 0 ? options.jobs : tbb::task_arena::automatic);
    arena.execute([&] {
        tbb::parallel_for(
            std::size_t{0}, parts.size(),
            [&](std::size_t i) { drawn[i] = parts[i].draw(split_seed(options.seed, 0x9100 + i)); },
            tbb::simple_partitioner());
    });
    ordered_json result = ordered_json::object();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (drawn[i].is_null()) {
            continue;  // a figure that this configuration has nothing for
        }
        if (drawn_several_times(parts[i].name)) {
            result[parts[i].name].push_back(std::move(drawn[i]));
        } else {
            result[parts[i].name] = std::move(drawn[i]);
        }
    }
    return result;
}

}  // namespace ncverify::reports
