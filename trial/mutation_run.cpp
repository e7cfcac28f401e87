// The search for who refutes which wrong world, case by case.
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "files/json_text.hpp"
#include "problem/random.hpp"
#include "problem/scalar.hpp"
#include "trial/case_run.hpp"
#include "trial/mutation.hpp"
#include "trial/paper.hpp"

namespace ncverify::trial {

namespace {

void add_missing(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(name);
    }
}

// One run of a check, watched.
struct Watched {
    Outcome outcome = Outcome::not_applicable;
    Trace trace;
    unsigned asked = 0;
    Evidence evidence = Evidence::enclosed;
};

Watched run(const Claim& claim, const Case& subject) {
    Watched watched;
    subject.begin();
    subject.watch.trace = &watched.trace;
    try {
        watched.outcome = claim.check(subject).outcome;
        watched.asked = subject.asked();
        watched.evidence = subject.evidence();
    } catch (const std::exception&) {
        watched.outcome = Outcome::inconclusive;  // it failed by itself, which `run_trial` reports
    }
    subject.watch.trace = nullptr;
    return watched;
}

bool refutes(const Claim& claim, const Watched& watched) {
    return watched.outcome == Outcome::refuted ||
           (claim.existence && watched.outcome == Outcome::not_applicable);  // its witness is gone
}

// What is known so far of one claim's power.
struct Power {
    const Claim* claim = nullptr;
    ClaimPower told;
    std::map<std::string, ComparisonPower> comparisons = {};
    std::vector<std::string> on_record = {};

    // Comparisons on record that no case has made.
    std::vector<std::string> missing() const {
        std::vector<std::string> found;
        for (const std::string& kind : on_record) {
            if (comparisons.count(kind) == 0) {
                found.push_back(kind);
            }
        }
        return found;
    }
    ClaimPower summary() const {
        ClaimPower all = told;
        for (const auto& [name, comparison] : comparisons) {
            all.comparisons.push_back(comparison);
        }
        all.lost = missing();
        return all;
    }
    // Whether something is still to be shown of it.
    bool open() const { return !fault_of(summary()).empty(); }
    // Whether a wrong world could show it in a case whose sound world makes the comparisons `seen`: one of
    // them fails in no world yet, or nothing refutes the claim. What is lost no wrong world brings back.
    bool wants(const std::set<std::string>& seen) const {
        const ClaimPower known = summary();
        if (!known.can_fail()) {
            return true;
        }
        const std::vector<std::string> vacuous = known.never_failing();
        return std::any_of(vacuous.begin(), vacuous.end(),
                           [&](const std::string& kind) { return seen.count(kind) > 0; });
    }
};

// A claim that passes in the sound world of one case.
struct Witness {
    Power* power;
    unsigned asked;
    bool wanting;  // something of it is still to be shown that wrong worlds could show here
};

// A witness that a wrong world refutes, and by which comparisons.
struct Sighting {
    Power* power;
    std::set<std::string> failed;
};

class Search {
  public:
    Search(const Paper& paper, const std::vector<Mutant>& mutants, const MutationOptions& options)
        : paper_(paper),
          options_(options),
          arena_(options.jobs > 0 ? options.jobs : tbb::task_arena::automatic) {
        for (const Mutant& mutant : mutants) {
            result_.mutants.emplace_back().mutant = mutant;
        }
        const Json record = paper.comparisons.empty()
                                ? Json::object()
                                : files::parse_json(paper.comparisons, "comparisons of " + paper.id);
        for (const Claim& claim : options.claims) {
            if (claim.kind != Kind::misreading) {
                Power& power = powers_.emplace_back();
                power.claim = &claim;
                power.told.claim = claim.id;
                power.on_record = record.value(claim.id, std::vector<std::string>{});
            }
        }
    }

    // Whether another random case may show something.
    bool hopeful() const {
        const auto alive = [](const MutantResult& each) {
            return !each.killed() && each.mutant.equivalent.empty();
        };
        return std::any_of(result_.mutants.begin(), result_.mutants.end(), alive) || claims_open();
    }

    void run_case(const CaseKey& key, bool fixed) {
        digits_ = paper_.digits(key, 0) + guard_digits;
        const PrecisionScope scope(digits_);
        const std::unique_ptr<Case> sound = paper_.make_case(key, 0);
        ++result_.cases;
        // Those alive that differ here. Those that are the theorem must not be refuted: look at the fixed
        // cases.
        std::vector<bool> suspected(result_.mutants.size(), false);
        for (std::size_t j = 0; j < suspected.size(); ++j) {
            MutantResult& result = result_.mutants[j];
            if (!result.killed()) {
                const bool different = result.mutant.differs(*sound);
                ++result.cases;
                result.different += different ? 1 : 0;
                suspected[j] = different || (fixed && !result.mutant.equivalent.empty());
            }
        }
        const bool any = std::find(suspected.begin(), suspected.end(), true) != suspected.end();
        if (!fixed && !any && !claims_open()) {
            return;  // nothing to solve for
        }
        const std::vector<Witness> witnesses = hear(*sound, fixed || any);
        // The others are looked at again for claims that they could show something of.
        const bool again = fixed || std::any_of(witnesses.begin(), witnesses.end(),
                                                [](const Witness& w) { return w.wanting; });
        std::vector<MutantResult*> suspects;
        for (std::size_t j = 0; j < suspected.size(); ++j) {
            MutantResult& result = result_.mutants[j];
            if (suspected[j] || (again && result.killed() && result.mutant.differs(*sound))) {
                suspects.push_back(&result);
            }
        }
        confront(suspects, *sound, witnesses, fixed);
        spoil_comparisons(*sound, witnesses);
    }

    MutationResult told() const {
        MutationResult result = result_;
        for (const Power& power : powers_) {
            ClaimPower& told = result.claims.emplace_back(power.summary());
            for (const MutantResult& each : result_.mutants) {
                const std::vector<std::string>& first = each.first_killers;
                if (std::find(first.begin(), first.end(), told.claim) != first.end()) {
                    told.first.push_back(each.mutant.name);
                }
            }
        }
        return result;
    }

  private:
    bool claims_open() const {
        return options_.powers &&
               std::any_of(powers_.begin(), powers_.end(), [](const Power& each) { return each.open(); });
    }

    // The claims that pass in the sound world; all of them, or those of which something is still to be shown.
    std::vector<Witness> hear(const Case& sound, bool all) {
        std::vector<Witness> witnesses;
        for (Power& power : powers_) {
            if (!concerns(paper_.instances, *power.claim, sound.key.instance) || (!all && !power.open())) {
                continue;
            }
            const Watched watched = run(*power.claim, sound);
            power.told.refuted_as_it_stands |= !power.claim->existence && watched.outcome == Outcome::refuted;
            if (watched.outcome != Outcome::passed) {
                continue;
            }
            power.told.of_all_numbers |= watched.evidence == Evidence::sampled;
            for (const std::string& kind : watched.trace.seen) {
                note(power, kind, "", false, sound);
            }
            witnesses.push_back({&power, watched.asked, power.wants(watched.trace.seen)});
        }
        return witnesses;
    }

    // Which witnesses each suspect's world refutes; side by side, and taken down in order.
    void confront(const std::vector<MutantResult*>& suspects, const Case& sound,
                  const std::vector<Witness>& witnesses, bool fixed) {
        std::vector<std::vector<Sighting>> seen(suspects.size());
        arena_.execute([&] {
            tbb::parallel_for(std::size_t{0}, suspects.size(), [&](std::size_t number) {
                const PrecisionScope here(digits_);
                const MutantResult& suspect = *suspects[number];
                const bool settled = suspect.killed() && !fixed;
                std::unique_ptr<Case> spoilt;
                for (const Witness& witness : witnesses) {
                    if ((witness.asked & suspect.mutant.parts) == 0 || (settled && !witness.wanting)) {
                        continue;
                    }
                    if (!spoilt) {
                        spoilt = suspect.mutant.spoilt(sound);
                    }
                    Watched watched = run(*witness.power->claim, *spoilt);
                    if (refutes(*witness.power->claim, watched)) {
                        seen[number].push_back({witness.power, std::move(watched.trace.failed)});
                    }
                }
            });
        });
        for (std::size_t number = 0; number < suspects.size(); ++number) {
            take_down(*suspects[number], sound, seen[number]);
        }
    }

    void take_down(MutantResult& suspect, const Case& sound, const std::vector<Sighting>& sightings) {
        std::vector<std::string> killers;
        for (const Sighting& sighting : sightings) {
            Power& power = *sighting.power;
            killers.push_back(power.claim->id);
            add_missing(power.told.all, suspect.mutant.name);
            add_missing(suspect.killers, power.claim->id);
            // A world that is the theorem must not be refuted, and shows nothing.
            for (const std::string& kind : sighting.failed) {
                if (suspect.mutant.equivalent.empty()) {
                    note(power, kind, suspect.mutant.name, sighting.failed.size() == 1, sound);
                }
            }
        }
        if (!suspect.killed() && !killers.empty()) {
            suspect.first_killers = std::move(killers);
            suspect.example = paper_.instances.text(sound.key.instance);
        }
    }

    // Comparisons that no world made fail: does a wrong expression?
    void spoil_comparisons(const Case& sound, const std::vector<Witness>& witnesses) {
        struct Question {
            Power* power;
            std::string kind;
            bool noticed = false;
        };
        std::vector<Question> open;
        for (const Witness& witness : witnesses) {
            for (const auto& [kind, comparison] : witness.power->comparisons) {
                if (comparison.world.empty() && comparison.unneeded.empty()) {
                    open.push_back({witness.power, kind});
                }
            }
        }
        arena_.execute([&] {
            tbb::parallel_for(std::size_t{0}, open.size(), [&](std::size_t number) {
                const PrecisionScope here(digits_);
                Question& question = open[number];
                const std::unique_ptr<Case> spoilt = sound.clone();
                spoilt->watch.wrong = question.kind;
                const Watched watched = run(*question.power->claim, *spoilt);
                question.noticed = refutes(*question.power->claim, watched) &&
                                   watched.trace.failed == std::set<std::string>{question.kind};
            });
        });
        for (const Question& question : open) {
            if (question.noticed) {
                note(*question.power, question.kind, wrong_expression, true, sound);
            }
        }
    }

    // A comparison that was made, and a world in which it fails where there is one: the first, or the first
    // in which it fails alone.
    void note(Power& power, const std::string& kind, const std::string& world, bool alone,
              const Case& sound) {
        const auto [place, is_new] = power.comparisons.try_emplace(kind);
        ComparisonPower& comparison = place->second;
        if (is_new) {
            comparison.comparison = kind;
            for (const Unneeded& each : paper_.unneeded) {
                if (each.claim == power.claim->id && each.comparison == kind) {
                    comparison.unneeded = each.reason;
                }
            }
        }
        if (!world.empty() && (comparison.world.empty() || (alone && !comparison.alone))) {
            comparison.world = world;
            comparison.alone = alone;
            comparison.token = replay_token(paper_, power.claim->id, sound.key);
        }
    }

    const Paper& paper_;
    const MutationOptions& options_;
    tbb::task_arena arena_;
    MutationResult result_;
    std::vector<Power> powers_;
    long digits_ = 0;  // of the case in hand
};

}  // namespace

MutationResult run_mutants(const Paper& paper, const std::vector<Mutant>& mutants,
                           const MutationOptions& options, const std::atomic<bool>& stop,
                           const std::function<void(const MutationResult&)>& so_far) {
    Search search(paper, mutants, options);
    const long fixed = static_cast<long>(options.fixed.size());
    for (long number = 0; number < fixed + options.random && !stop; ++number) {
        if (number >= fixed && !search.hopeful()) {
            break;
        }
        const auto index = static_cast<std::uint64_t>(number < fixed ? number : number - fixed);
        search.run_case({.instance = number < fixed ? options.fixed[index]
                                                    : paper.instances.generate(options.seed, index),
                         .seed = split_seed(options.seed, static_cast<std::uint64_t>(number)),
                         .digits = options.digits,
                         .method = options.method},
                        number < fixed);
        if (so_far) {
            so_far(search.told());
        }
    }
    return search.told();
}

}  // namespace ncverify::trial
