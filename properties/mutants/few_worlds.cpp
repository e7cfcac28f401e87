// Wrong worlds for the claims about fewer coordinates than classes.
#include <utility>

#include "properties/case.hpp"
#include "properties/few_coordinates.hpp"
#include "properties/mutants/wrong_theorem.hpp"

namespace ncverify::properties {

namespace {

const Case& ours(const trial::Case& subject) {
    return dynamic_cast<const Case&>(subject);
}

// Every entry of W moved by up to 2^-9 of itself, one unlike the other.
void move_classifiers(FewCoordinates& few) {
    for (FeasiblePoint* point : {&few.minimiser, &few.other}) {
        for (Eigen::Index i = 0; i < point->classifier.size(); ++i) {
            point->classifier.data()[i] *= Enclosure(1) + Enclosure(static_cast<double>(i % 5 - 2) * 0x1p-10);
        }
    }
}

void lengthen_features(FewCoordinates& few) {
    for (FeasiblePoint* point : {&few.minimiser, &few.other}) {
        for (Enclosure& feature : point->features.reshaped()) {
            feature *= Enclosure(1 + 0x1p-10);
        }
    }
}

// The first sample's features longer than those of the others.
void spread_samples(FewCoordinates& few) {
    if (few.samples.features.size() > 0) {
        few.samples.features(0, 0) += abs(few.samples.features(0, 0)) + Enclosure(0x1p-10);
    }
}

// A bound that the minimum is not within: unsound, and so is what it says of samples.
void raise_bound(FewCoordinates& few) {
    few.lower *= Enclosure(1 + 0x1p-10);
}

// A point not proven to be a minimiser: the features of each class need not be equal.
void take_other_loss(FewCoordinates& few) {
    few.upper *= Enclosure(1 + 0x1p-10);
}

// The minimum of as many coordinates as classes.
void give_coordinates(FewCoordinates& few) {
    Configuration enough = few.configuration;
    enough.dimension = enough.classes();
    few.lower = theory::closed_form(enough).minimum_loss.lower();
}

// As with another coordinate, in which three classes can be separated from each other.
void give_limit_another_coordinate(FewCoordinates& few) {
    for (DecayBounds& at : few.falling) {
        at.lower = Enclosure(0);
        at.upper /= Enclosure(1L << 20);
    }
}

// As if no point came as near to the limit as some do.
void raise_limit(FewCoordinates& few) {
    for (DecayBounds& at : few.falling) {
        at.lower *= Enclosure(1 + 0x1p-10);
        at.upper *= Enclosure(1 + 0x1p-9);
    }
}

}  // namespace

std::vector<trial::Mutant> few_worlds() {
    std::vector<trial::Mutant> worlds;
    const std::pair<const char*, void (*)(FewCoordinates&)> all[] = {
        {"fewer coordinates: W moved by 2^-10, not stationary", move_classifiers},
        {"fewer coordinates: features longer by 2^-10, not stationary", lengthen_features},
        {"fewer coordinates: samples of a class apart", spread_samples},
        {"fewer coordinates: a lower bound too high by 2^-10", raise_bound},
        {"fewer coordinates: a gap of 2^-10 taken for a proof", take_other_loss},
        {"fewer coordinates: the minimum of as many as classes", give_coordinates},
        {"one coordinate: a limit that needs another coordinate", give_limit_another_coordinate},
        {"one coordinate: a limit too high by 2^-10", raise_limit}};
    for (const auto& [name, alter] : all) {
        worlds.push_back({.name = name,
                          .equation = "fewer coordinates than classes",
                          .differs =
                              [](const trial::Case& sound) {
                                  const Case& subject = ours(sound);
                                  return !few_classes(subject.configuration()).empty() &&
                                         subject.few_coordinates().proven;
                              },
                          .spoilt =
                              [alter = alter](const trial::Case& sound) {
                                  Testimony altered = ours(sound).testimony();
                                  auto few = std::make_shared<FewCoordinates>(ours(sound).few_coordinates());
                                  alter(*few);
                                  altered.few = std::move(few);
                                  return std::make_unique<Case>(ours(sound), std::move(altered));
                              },
                          .parts = part_few});
    }
    return worlds;
}

}  // namespace ncverify::properties
