#include "experiments/preset.hpp"

#include "problem/errors.hpp"

namespace ncverify::experiments {

std::string preset_names() {
    std::string names;
    for (std::size_t i = 0; i < presets.size(); ++i) {
        names += i == 0 ? "" : i + 1 == presets.size() ? " or " : ", ";
        names += presets[i].name;
    }
    return names;
}

const Preset& preset_named(const std::string& name, const std::string& where) {
    for (const Preset& preset : presets) {
        if (name == preset.name) {
            return preset;
        }
    }
    throw InputError("'" + printable(name) + "' is no preset", where, preset_names());
}

}  // namespace ncverify::experiments
