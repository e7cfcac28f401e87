// Wrong worlds for the steps of the proof and for what the checker derives: constants, drawn points, bounds.
#include <utility>

#include "properties/case.hpp"
#include "properties/mutants/wrong_theorem.hpp"

namespace ncverify::properties {

namespace {

const Case& ours(const trial::Case& subject) {
    return dynamic_cast<const Case&>(subject);
}

using Alteration = std::function<void(Testimony&)>;

// A world that differs from the sound one everywhere.
trial::Mutant world(const std::string& name, const std::string& spoils, unsigned parts, Alteration alter,
                    bool usual_only = false) {
    return {.name = name,
            .equation = spoils,
            .differs =
                [usual_only](const trial::Case& sound) {
                    const Configuration& configuration = ours(sound).configuration();
                    return !usual_only || configuration.dimension >= configuration.classes();
                },
            .spoilt =
                [alter = std::move(alter)](const trial::Case& sound) {
                    Testimony altered = ours(sound).testimony();
                    alter(altered);
                    return std::make_unique<Case>(ours(sound), std::move(altered));
                },
            .parts = parts};
}

// One constant of the proof, or one in each class, multiplied.
struct Constant {
    const char* name;
    void (*multiply)(ProofTerms&, const Enclosure&);
};

void multiply_all(std::vector<Enclosure>& values, const Enclosure& factor) {
    for (Enclosure& value : values) {
        value *= factor;
    }
}

const Constant constants[] = {
    {"K", [](ProofTerms& terms, const Enclosure& by) { terms.classes *= by; }},
    {"K-1", [](ProofTerms& terms, const Enclosure& by) { terms.others *= by; }},
    {"N", [](ProofTerms& terms, const Enclosure& by) { terms.samples *= by; }},
    {"lambda_W", [](ProofTerms& terms, const Enclosure& by) { terms.lambda_w *= by; }},
    {"lambda_H", [](ProofTerms& terms, const Enclosure& by) { terms.lambda_h *= by; }},
    {"sqrt(K/(K-1) lambda_H/lambda_W)", [](ProofTerms& terms, const Enclosure& by) { terms.growth *= by; }},
    {"c", [](ProofTerms& terms, const Enclosure& by) { terms.c *= by; }},
    {"n_k", [](ProofTerms& terms, const Enclosure& by) { multiply_all(terms.counts, by); }},
    {"sqrt(n_k)", [](ProofTerms& terms, const Enclosure& by) { multiply_all(terms.roots, by); }},
};

void add_constants(std::vector<trial::Mutant>& worlds) {
    const std::pair<const char*, double> factors[] = {
        {"doubled", 2}, {"halved", 0.5}, {"1/1024 larger", 1 + 0x1p-10}};
    for (const Constant& constant : constants) {
        for (const auto& [name, factor] : factors) {
            worlds.push_back(world(std::string("proof's ") + constant.name + " " + name, "the proof",
                                   part_terms, [&constant, by = factor](Testimony& altered) {
                                       altered.altered_terms = [&constant, by](ProofTerms& terms) {
                                           constant.multiply(terms, Enclosure(by));
                                       };
                                   }));
        }
    }
}

// Every second column of H below zero.
void without_sign(FeasiblePoint& point) {
    for (Eigen::Index j = 1; j < point.features.cols(); j += 2) {
        point.features.col(j) *= Enclosure(-1);
    }
}

// Each column of H with a little of the next.
void mixed(FeasiblePoint& point) {
    const Matrix<Enclosure> before = point.features;
    for (Eigen::Index j = 0; j < before.cols(); ++j) {
        point.features.col(j) += Enclosure(0x1p-10) * before.col((j + 1) % before.cols());
    }
}

// Half as long, W and H: at a small loss, and no longer what they were made to be.
void unequal_rows(FeasiblePoint& point) {
    for (Eigen::Index i = 0; i < point.classifier.cols(); ++i) {
        point.classifier(0, i) *= Enclosure(2);
    }
}

void add_drawn(std::vector<trial::Mutant>& worlds) {
    const std::pair<const char*, void (*)(FeasiblePoint&)> points[] = {
        {"drawn features without a sign", without_sign},
        {"drawn features not orthogonal", mixed},
        {"drawn classifiers not what they were made", unequal_rows}};
    for (const auto& [name, alter] : points) {
        worlds.push_back(world(name, "the points drawn", part_drawn,
                               [alter = alter](Testimony& altered) { altered.altered_drawn = alter; }));
    }
    worlds.push_back(world("drawn slopes halved", "the slopes", part_drawn, [](Testimony& altered) {
        altered.altered_slopes = [](std::vector<Rational>& slopes) {
            for (Rational& slope : slopes) {
                slope = slope >= 1 ? Rational(0) : Rational(slope / 2);
            }
        };
    }));
    worlds.push_back(
        world("drawn slopes beyond their limits", "the slopes", part_drawn, [](Testimony& altered) {
            altered.altered_slopes = [](std::vector<Rational>& slopes) {
                for (Rational& slope : slopes) {
                    slope += 1;
                }
            };
        }));
}

void add_dual(std::vector<trial::Mutant>& worlds) {
    const std::pair<const char*, double> factors[] = {{"larger by 2^-10", 1 + 0x1p-10}, {"doubled", 2}};
    for (const auto& [name, factor] : factors) {
        worlds.push_back(world(
            std::string("D(beta) ") + name, "the dual bound", part_dual, [by = factor](Testimony& altered) {
                altered.altered_dual = [by](const Enclosure& value) { return value * Enclosure(by); };
            }));
    }
    const std::pair<const char*, Enclosure certificates::GapTerms::*> terms[] = {
        {"logits", &certificates::GapTerms::logits},
        {"classifier", &certificates::GapTerms::classifier},
        {"orthogonality", &certificates::GapTerms::orthogonality},
        {"within-class", &certificates::GapTerms::within_class},
        {"collapsed classes'", &certificates::GapTerms::collapsed}};
    for (const auto& [name, term] : terms) {
        worlds.push_back(world(std::string("the ") + name + " term below zero, another larger by as much",
                               "the identity", part_dual, [term = term](Testimony& altered) {
                                   altered.altered_gap_terms = [term](certificates::GapTerms& found) {
                                       Enclosure& other = term == &certificates::GapTerms::logits
                                                              ? found.classifier
                                                              : found.logits;
                                       const Enclosure by = found.*term + Enclosure(1);
                                       found.*term -= by;
                                       other += by;
                                   };
                               }));
    }
    worlds.push_back(world("the logits term doubled", "the identity", part_dual, [](Testimony& altered) {
        altered.altered_gap_terms = [](certificates::GapTerms& found) { found.logits *= Enclosure(2); };
    }));
}

// A bound that reaches 10^20 times less far around its middle, or around zero.
void narrow(Enclosure& bound) {
    Enclosure around = bound.midpoint();
    const Enclosure reach = bound.radius() * Enclosure(0x1p-66);
    bound = Enclosure::hull(around - reach, around + reach);
}
void narrow_from_zero(Enclosure& bound) {
    bound = (bound.upper() * Enclosure(0x1p-66)).upper();
}

template <Enclosure certificates::ClassBounds::*Field>
void narrow_classes(certificates::ImpliedBounds& bounds) {
    for (certificates::ClassBounds& each : bounds.classes) {
        narrow(each.*Field);
    }
}
void narrow_spread(certificates::ImpliedBounds& bounds) {
    for (certificates::ClassBounds& each : bounds.classes) {
        each.within_class_spread =
            Enclosure::hull(Enclosure(0), each.within_class_spread.upper() * Enclosure(0x1p-66));
    }
}

void add_implications(std::vector<trial::Mutant>& worlds) {
    using certificates::ClassBounds;
    using certificates::ImpliedBounds;
    const std::pair<const char*, void (*)(ImpliedBounds&)> bounds[] = {
        {"margins", narrow_classes<&ClassBounds::margin>},
        {"own logits", narrow_classes<&ClassBounds::logit_own>},
        {"other logits", narrow_classes<&ClassBounds::logit_other>},
        {"smallest margins", narrow_classes<&ClassBounds::worst_margin>},
        {"feature norms", narrow_classes<&ClassBounds::feature_norm_squared>},
        {"sums of logits", narrow_classes<&ClassBounds::logit_sum>},
        {"spreads", narrow_spread},
        {"products of features", [](ImpliedBounds& all) { narrow_from_zero(all.cross_total); }},
        {"the distance of W from V(H)", [](ImpliedBounds& all) { narrow_from_zero(all.classifier_defect); }},
        {"the gap", [](ImpliedBounds& all) { narrow_from_zero(all.gap); }},
    };
    for (const auto& [name, alter] : bounds) {
        worlds.push_back(world(std::string("unsound: the bound on ") + name + " 10^20 times too narrow",
                               "the bounds", part_implications, [alter = alter](Testimony& altered) {
                                   altered.altered_implications = alter;
                               }));
    }
    worlds.push_back(world("unsound: Krawczyk's radius 10^20 times too small", "the bounds",
                           part_implications,
                           [](Testimony& altered) { altered.radius_factor = Enclosure(0x1p-66); }));
}

void add_critical(std::vector<trial::Mutant>& worlds) {
    const std::pair<const char*, Enclosure> factors[] = {{"W longer by 2^-10", Enclosure(1 + 0x1p-10)},
                                                         {"W four times as long", Enclosure(4)}};
    for (const auto& [name, factor] : factors) {
        worlds.push_back(world(std::string("critical points with ") + name, "critical points", part_critical,
                               [by = factor](Testimony& altered) {
                                   for (FeasiblePoint& point : *altered.critical_points) {
                                       point.classifier *= by;
                                   }
                               }));
        trial::Mutant& added = worlds.back();
        added.differs = [](const trial::Case& sound) {
            const Case& subject = ours(sound);
            return subject.configuration().dimension >= subject.configuration().classes() &&
                   subject.certified() && subject.critical_points().size() > 1;
        };
    }
}

}  // namespace

std::vector<trial::Mutant> step_worlds() {
    std::vector<trial::Mutant> worlds;
    add_constants(worlds);
    add_drawn(worlds);
    add_dual(worlds);
    add_implications(worlds);
    add_critical(worlds);
    return worlds;
}

}  // namespace ncverify::properties
