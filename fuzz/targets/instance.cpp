// Instances as reports print them, as command lines: "--counts 1,2 --lambda-w 1e-4 --lambda-h 1e-5".
#include "fuzz/promises.hpp"
#include "properties/paper.hpp"

namespace ncverify::fuzz {

void try_input(const std::string& input) {
    const trial::InstanceKind& instances = properties::paper().instances;
    const auto instance = accepted([&] { return instances.parse_text(input); });
    if (!instance) {
        return;
    }
    const trial::Instance again = instances.parse_text(instances.text(*instance));
    require(!instances.less(*instance, again) && !instances.less(again, *instance),
            "an instance that is printed reads back");
    require(!instances.tex(*instance).empty() && !instances.by_hand(*instance).empty(),
            "an instance can be shown");
}

}  // namespace ncverify::fuzz
