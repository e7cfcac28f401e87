// Wrong worlds for the claims about the landscape: descents that stood still elsewhere.
#include <utility>

#include "properties/case.hpp"
#include "properties/mutants/wrong_theorem.hpp"

namespace ncverify::properties {

namespace {

const Case& ours(const trial::Case& subject) {
    return dynamic_cast<const Case&>(subject);
}

// How many classes can use a coordinate: omega_k^2 n_k > T.
long long living(const Configuration& configuration) {
    long long classes = 0;
    for (std::size_t k = 0; k < configuration.counts.size(); ++k) {
        classes += configuration.weighted_count(k) > configuration.threshold() ? 1 : 0;
    }
    return classes;
}

std::unique_ptr<trial::Case> with_still(const Case& sound, StillPoint still) {
    Testimony altered = sound.testimony();
    altered.still = std::make_shared<StillPoint>(std::move(still));
    return std::make_unique<Case>(sound, std::move(altered));
}

// Not stationary: every entry of W moved by up to 2^-9 of itself, one unlike the other.
StillPoint moved(StillPoint still) {
    for (Eigen::Index i = 0; i < still.exact.classifier.size(); ++i) {
        still.exact.classifier.data()[i] *=
            Enclosure(1) + Enclosure(static_cast<double>(i % 7 - 3) * 0x1p-10);
    }
    return still;
}

// Not stationary: every coordinate serves every class a little.
StillPoint spread(StillPoint still) {
    Enclosure most(0);
    for (const Enclosure& feature : still.exact.features.reshaped()) {
        most += feature;
    }
    for (Enclosure& feature : still.exact.features.reshaped()) {
        feature += most * Enclosure(0x1p-10);
    }
    return still;
}

}  // namespace

std::vector<trial::Mutant> still_worlds() {
    std::vector<trial::Mutant> worlds;
    const std::pair<const char*, StillPoint (*)(StillPoint)> points[] = {
        {"a descent's end with W moved by 2^-10: not stationary", moved},
        {"a descent's end with every coordinate used by all: not stationary", spread}};
    for (const auto& [name, alter] : points) {
        worlds.push_back({.name = name,
                          .equation = "the landscape",
                          .differs =
                              [](const trial::Case& sound) {
                                  const StillPoint& still = ours(sound).still_point();
                                  return still.minimizer && !blocks(still.exact.features).empty();
                              },
                          .spoilt =
                              [alter = alter](const trial::Case& sound) {
                                  return with_still(ours(sound), alter(ours(sound).still_point()));
                              },
                          .parts = part_still});
    }
    worlds.push_back({.name = "descents with fewer coordinates than classes that can use one",
                      .equation = "the landscape",
                      .differs =
                          [](const trial::Case& sound) {
                              const Configuration& configuration = ours(sound).configuration();
                              return living(configuration) > 1 &&
                                     configuration.dimension >= configuration.classes();
                          },
                      .spoilt =
                          [](const trial::Case& sound) {
                              Configuration fewer = ours(sound).configuration();
                              fewer.dimension = living(fewer) - 1;
                              Random random(split_seed(ours(sound).key.seed, 0xd1));
                              return with_still(ours(sound), still_point(fewer, random));
                          },
                      .parts = part_still});
    return worlds;
}

}  // namespace ncverify::properties
