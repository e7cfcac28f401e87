// Wrong worlds in which the minimiser is another point, or the certificate's bounds are those of another.
#include <utility>

#include "properties/case.hpp"
#include "properties/mutants/wrong_points.hpp"
#include "properties/mutants/wrong_theorem.hpp"

namespace ncverify::properties {

namespace {

const Case& ours(const trial::Case& subject) {
    return dynamic_cast<const Case&>(subject);
}

Enclosure slightly() {
    return Enclosure(0x1p-10);
}

bool certainly_differ(const Matrix<Enclosure>& a, const Matrix<Enclosure>& b) {
    for (Eigen::Index i = 0; i < a.size(); ++i) {
        if (!overlap(a.data()[i], b.data()[i])) {
            return true;
        }
    }
    return false;
}

// Asks the sound case for its point first, so that worlds made of it side by side find it there.
bool has_point(const Case& sound) {
    return sound.configuration().dimension >= sound.configuration().classes() && sound.certified() &&
           sound.found() != nullptr && !sound.implied_bounds().classes.empty();
}

trial::Mutant point_world(const WrongPoint& wrong, bool taken_for_all) {
    return {.name = wrong.name + (taken_for_all ? ", as if all minimisers were this point"
                                                : ", beside the certificate's bounds"),
            .equation = wrong.spoils,
            .differs =
                [&wrong](const trial::Case& sound) {
                    const Case& subject = ours(sound);
                    if (!has_point(subject)) {
                        return false;
                    }
                    const FeasiblePoint& point = subject.found()->point();
                    const FeasiblePoint other = wrong.made(subject, point);
                    return certainly_differ(point.classifier, other.classifier) ||
                           certainly_differ(point.features, other.features);
                },
            .spoilt =
                [&wrong, taken_for_all](const trial::Case& sound) {
                    const Case& subject = ours(sound);
                    Testimony altered = subject.testimony();
                    altered.found = wrong.made(subject, *altered.found);
                    altered.minimisers_are_the_point = taken_for_all;
                    return std::make_unique<Case>(subject, std::move(altered));
                },
            .parts = part_minimisers};
}

// A world that differs from the sound one wherever that has a point.
trial::Mutant solver_world(const std::string& name, const std::string& spoils, unsigned parts,
                           void (*alter)(Testimony&)) {
    return {.name = name,
            .equation = spoils,
            .differs = [](const trial::Case& sound) { return has_point(ours(sound)); },
            .spoilt =
                [alter](const trial::Case& sound) {
                    Testimony altered = ours(sound).testimony();
                    alter(altered);
                    return std::make_unique<Case>(ours(sound), std::move(altered));
                },
            .parts = parts};
}

// Samples of one class apart from each other by 2^-10 of their length.
void spread_samples(CertifiedSolution& found) {
    for (std::vector<certificates::Text>& row : found.certificate.features) {
        for (certificates::Text& entry : row) {
            if (!entry.is_zero()) {
                entry = "1.5" + entry.str().substr(entry.str().find_first_of("eE"));
            }
        }
        break;  // one sample
    }
}

}  // namespace

std::vector<trial::Mutant> point_worlds() {
    std::vector<trial::Mutant> worlds;
    for (const WrongPoint& wrong : wrong_points()) {
        worlds.push_back(point_world(wrong, true));
        worlds.push_back(point_world(wrong, false));
    }
    worlds.push_back(solver_world("samples of a class apart, as if that were a minimiser", "(7)",
                                  part_minimisers, [](Testimony& altered) {
                                      altered.within_class = slightly();
                                      altered.minimisers_are_the_point = true;
                                  }));
    worlds.push_back(solver_world("samples of a class apart, beside the certificate's bounds", "(7)",
                                  part_minimisers,
                                  [](Testimony& altered) { altered.within_class = slightly(); }));
    worlds.push_back(
        solver_world("samples of a class apart, in the samples form, as if that were a minimiser", "(7)",
                     part_samples, [](Testimony& altered) {
                         altered.altered_samples = spread_samples;
                         altered.minimisers_are_the_point = true;
                     }));
    worlds.push_back(solver_world("samples of a class apart, in the samples form", "(7)", part_samples,
                                  [](Testimony& altered) { altered.altered_samples = spread_samples; }));
    return worlds;
}

}  // namespace ncverify::properties
