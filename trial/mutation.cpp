#include "trial/mutation.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "problem/random.hpp"
#include "problem/scalar.hpp"
#include "trial/case_run.hpp"
#include "trial/paper.hpp"
#include "trial/result.hpp"

namespace ncverify::trial {

namespace {

// Claims that a wrong theorem can be held against in one case: they pass with the right one, and ask for it.
std::vector<const Claim*> witnesses(const Case& sound, const std::vector<Claim>& claims, bool usual) {
    std::vector<const Claim*> found;
    for (const Claim& claim : claims) {
        if (claim.kind == Kind::misreading || claim.existence || (!usual && !claim.any_instance)) {
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

void confront(MutantResult& result, const Case& spoilt, const std::vector<const Claim*>& claims,
              const InstanceKind& instances) {
    std::vector<std::string> killers;
    for (const Claim* claim : claims) {
        if (refutes(*claim, spoilt)) {
            killers.push_back(claim->id);
            add_missing(result.killers, claim->id);
        }
    }
    if (!result.killed() && !killers.empty()) {
        result.first_killers = std::move(killers);
        result.example = instances.text(spoilt.key.instance);
    }
}

// One case: which of the mutants in question differ there, and who refutes them.
void run_case(const Paper& paper, std::vector<MutantResult>& results, const CaseKey& key, bool fixed,
              const MutationOptions& options, tbb::task_arena& arena) {
    const long digits = paper.digits(key, 0) + guard_digits;
    const PrecisionScope scope(digits);
    const std::unique_ptr<Case> sound = paper.make_case(key, 0);
    std::vector<MutantResult*> suspects;
    for (MutantResult& result : results) {
        const bool alive = !result.killed();
        if (!alive && !fixed) {
            continue;
        }
        const bool different = result.mutant.differs(*sound);
        result.cases += alive ? 1 : 0;
        result.different += alive && different ? 1 : 0;
        // Those that are the theorem must not be refuted: look, where the solver runs anyway.
        if (different || (fixed && !result.mutant.equivalent.empty())) {
            suspects.push_back(&result);
        }
    }
    if (suspects.empty()) {
        return;  // nothing to solve for
    }
    const std::vector<const Claim*> claims =
        witnesses(*sound, options.claims, paper.instances.usual(key.instance));
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, suspects.size(), [&](std::size_t number) {
            const PrecisionScope here(digits);
            MutantResult& suspect = *suspects[number];
            confront(suspect, *suspect.mutant.spoilt(*sound), claims, paper.instances);
        });
    });
}

// What each claim saw in the cases so far.
std::vector<ClaimPower> powers(const std::vector<MutantResult>& mutants, const std::vector<Claim>& claims) {
    std::vector<ClaimPower> found;
    for (const Claim& claim : claims) {
        if (claim.kind == Kind::misreading || claim.existence) {
            continue;
        }
        ClaimPower& power = found.emplace_back();
        power.claim = claim.id;
        for (const MutantResult& each : mutants) {
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
    return found;
}

}  // namespace

std::string to_string(Fate fate) {
    return fate == Fate::killed       ? "killed"
           : fate == Fate::survived   ? "survived"
           : fate == Fate::equivalent ? "equivalent"
                                      : "wrongly refuted";
}

Fate MutantResult::fate() const {
    if (!mutant.equivalent.empty()) {
        return killed() ? Fate::wrongly_refuted : Fate::equivalent;
    }
    return killed() ? Fate::killed : Fate::survived;
}

long MutationResult::count(Fate fate) const {
    return std::count_if(mutants.begin(), mutants.end(),
                         [&](const MutantResult& each) { return each.fate() == fate; });
}

bool MutationResult::as_should_be() const {
    return std::all_of(mutants.begin(), mutants.end(), [](const MutantResult& result) {
        return result.killed() == result.mutant.equivalent.empty();
    });
}

MutationResult run_mutants(const Paper& paper, const std::vector<Mutant>& mutants,
                           const MutationOptions& options, const std::atomic<bool>& stop,
                           const std::function<void(const MutationResult&)>& so_far) {
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
        const CaseKey key{
            .instance = number < fixed ? options.fixed[index] : paper.instances.generate(options.seed, index),
            .seed = split_seed(options.seed, static_cast<std::uint64_t>(number)),
            .digits = options.digits,
            .method = options.method};
        run_case(paper, result.mutants, key, number < fixed, options, arena);
        ++result.cases;
        if (so_far) {
            result.claims = powers(result.mutants, options.claims);
            so_far(result);
        }
    }
    result.claims = powers(result.mutants, options.claims);
    return result;
}

void add_mutants(TrialResult& result, const MutationResult& mutants) {
    for (ClaimResult& claim : result.claims) {
        for (const ClaimPower& power : mutants.claims) {
            if (power.claim == claim.claim.id) {
                claim.mutants_killed = power.all;
            }
        }
    }
}

}  // namespace ncverify::trial
