#include "properties/mutants/trial.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "properties/generators.hpp"

namespace ncverify::properties {

namespace {

// Claims that a wrong theorem can be held against in one case: they pass with the right one, and ask for it.
std::vector<const Claim*> witnesses(const Case& sound, const std::vector<Claim>& claims) {
    std::vector<const Claim*> found;
    const Configuration& configuration = sound.key.configuration;
    for (const Claim& claim : claims) {
        if (claim.kind == Kind::misreading || claim.existence ||
            (configuration.dimension < configuration.classes() && !claim.any_dimension)) {
            continue;
        }
        sound.begin();
        try {
            if (claim.check(sound).outcome == Outcome::passed && sound.asked_for_theorem()) {
                found.push_back(&claim);
            }
        } catch (const std::exception&) {
            // A check that fails by itself is no witness; `run_trial` reports it.
            continue;
        }
    }
    return found;
}

bool refutes(const Claim& claim, const Case& spoilt) {
    try {
        return claim.check(spoilt).outcome == Outcome::refuted;
    } catch (const std::exception&) {
        return false;
    }
}

void add_missing(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(name);
    }
}

void confront(MutantResult& result, const Case& spoilt, const std::vector<const Claim*>& claims) {
    std::vector<std::string> killers;
    for (const Claim* claim : claims) {
        if (refutes(*claim, spoilt)) {
            killers.push_back(claim->id);
            add_missing(result.killers, claim->id);
        }
    }
    if (!result.killed() && !killers.empty()) {
        result.first_killers = std::move(killers);
        result.example = spoilt.key.configuration.command_line();
    }
}

// One case: which of the mutants in question differ there, and who refutes them.
void run_case(std::vector<MutantResult>& results, const CaseKey& key, bool fixed,
              const MutationOptions& options, tbb::task_arena& arena) {
    const long digits = comparison_digits(key, 0) + 40;
    const PrecisionScope scope(digits);
    const theory::ClosedForm theorem = theory::closed_form(key.configuration);
    std::vector<std::pair<MutantResult*, theory::ClosedForm>> suspects;
    for (MutantResult& result : results) {
        const bool alive = !result.killed();
        if (!alive && !fixed) {
            continue;
        }
        theory::ClosedForm form = result.mutant.theorem(key.configuration);
        const bool different = certainly_differ(key.configuration, theorem, form);
        result.cases += alive ? 1 : 0;
        result.different += alive && different ? 1 : 0;
        // Those that are the theorem must not be refuted: look, where the solver runs anyway.
        if (different || (fixed && !result.mutant.equivalent.empty())) {
            suspects.emplace_back(&result, std::move(form));
        }
    }
    if (suspects.empty()) {
        return;  // nothing to solve for
    }
    const Case sound(key, 0, options.search);
    const std::vector<const Claim*> claims = witnesses(sound, options.claims);
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, suspects.size(), [&](std::size_t number) {
            const PrecisionScope here(digits);
            Case spoilt = sound;
            spoilt.spoil_closed_form() = suspects[number].second;
            confront(*suspects[number].first, spoilt, claims);
        });
    });
}

bool overlap_everywhere(const theory::ClassForm& a, const theory::ClassForm& b) {
    return overlap(a.margin, b.margin) && overlap(a.feature_norm_squared, b.feature_norm_squared) &&
           overlap(a.classifier_norm_squared, b.classifier_norm_squared) &&
           overlap(a.logit_own, b.logit_own) && overlap(a.logit_other, b.logit_other);
}

}  // namespace

bool certainly_differ(const Configuration& configuration, const theory::ClosedForm& a,
                      const theory::ClosedForm& b) {
    if (!overlap(a.minimum_loss, b.minimum_loss) || !overlap(a.prefactor, b.prefactor) ||
        !overlap(a.weight_sum, b.weight_sum)) {
        return true;
    }
    for (std::size_t k = 0; k < a.classes.size(); ++k) {
        const auto below = [&](const theory::ClosedForm& form) {
            return configuration.counts[k] <= form.threshold;
        };
        if (a.classes[k].collapsed != b.classes[k].collapsed || below(a) != below(b) ||
            !overlap_everywhere(a.classes[k], b.classes[k]) || !overlap(a.weights[k], b.weights[k]) ||
            !overlap(a.relation[k], b.relation[k])) {
            return true;
        }
    }
    return false;
}

std::vector<Configuration> mutation_configurations() {
    // Inputs, the first that come to hand for each situation: nothing is compared with these decays.
    return {
        make_configuration({3, 4, 9, 9, 20}, "1/10", "15e-3"),       // some above, some below T
        make_configuration({2, 7, 11}, "1e-3", "3e-3", 5),           // none collapsed, d > K
        make_configuration({1, 4}, "1/10", "1/5"),                   // K = 2, at the threshold: T = 1
        make_configuration({6, 6, 6, 6}, "1e-3", "1e-4"),            // balanced
        make_configuration({1, 2, 2}, "1", "1/10"),                  // all collapsed
        make_configuration({40, 1, 40, 1, 40, 1}, "1e-2", "11e-3"),  // two groups, collapse of the minority
    };
}

bool MutationResult::as_should_be() const {
    return std::all_of(mutants.begin(), mutants.end(), [](const MutantResult& result) {
        return result.killed() == result.mutant.equivalent.empty();
    });
}

MutationResult run_mutants(const std::vector<Mutant>& mutants, const MutationOptions& options,
                           const std::atomic<bool>& stop) {
    MutationResult result;
    for (const Mutant& mutant : mutants) {
        result.mutants.emplace_back().mutant = mutant;
    }
    tbb::task_arena arena(options.jobs > 0 ? options.jobs : tbb::task_arena::automatic);
    const long fixed = static_cast<long>(options.fixed.size());
    const auto open = [](const MutantResult& each) { return !each.killed(); };
    const auto hopeful = [&](const MutantResult& each) {
        return open(each) && each.mutant.equivalent.empty();
    };
    for (long number = 0; number < fixed + options.random && !stop; ++number) {
        if (number >= fixed && std::none_of(result.mutants.begin(), result.mutants.end(), hopeful)) {
            break;
        }
        const auto index = static_cast<std::uint64_t>(number < fixed ? number : number - fixed);
        const CaseKey key{number < fixed ? options.fixed[index] : generate(options.seed, index).value(),
                          split_seed(options.seed, static_cast<std::uint64_t>(number)), options.digits};
        run_case(result.mutants, key, number < fixed, options, arena);
        ++result.cases;
    }
    for (const Claim& claim : options.claims) {
        if (claim.kind == Kind::misreading || claim.existence) {
            continue;
        }
        ClaimPower& power = result.claims.emplace_back();
        power.claim = claim.id;
        for (const MutantResult& each : result.mutants) {
            const auto among = [&](const std::vector<std::string>& names) {
                return std::find(names.begin(), names.end(), claim.id) != names.end();
            };
            if (among(each.first_killers)) {
                power.first.push_back(each.mutant.name);
            }
            if (among(each.killers)) {
                power.all.push_back(each.mutant.name);
            }
        }
    }
    return result;
}

MutantResult kill(const Mutant& mutant, const std::vector<Claim>& claims, std::uint64_t seed,
                  long most_cases) {
    MutationOptions options;
    options.fixed = mutation_configurations();
    options.fixed.resize(std::min(options.fixed.size(), static_cast<std::size_t>(std::max(0L, most_cases))));
    options.random = most_cases - static_cast<long>(options.fixed.size());
    options.seed = seed;
    options.claims = claims;
    const std::atomic<bool> never{false};
    return run_mutants({mutant}, options, never).mutants.front();
}

}  // namespace ncverify::properties
