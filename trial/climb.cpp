#include "trial/climb.hpp"

#include "trial/case_run.hpp"

namespace ncverify::trial {

void climb(const Paper& paper, const Climber& start, long steps, const std::function<bool()>& halted,
           const std::function<Observation(const CaseKey&)>& attempt) {
    Climber at = start;
    Random random(split_seed(start.key.seed, 0xc11b));
    for (long step = 0; step < steps && !halted(); ++step) {
        Climber next = at;
        next.key.instance = paper.instances.neighbour(at.key.instance, random);
        next.key.seed = random.next();
        next.number.reset();
        next.observation = attempt(next.key);
        if (next.observation.outcome == Outcome::refuted) {
            return;
        }
        if (next.observation.outcome == Outcome::passed && next.observation.slack &&
            *next.observation.slack <= *at.observation.slack) {
            at = std::move(next);
        }
    }
}

Observation step_of_search(const Paper& paper, const Claim& claim, const CaseKey& key) {
    CaseKey quick = key;
    quick.method = paper.quick_method.empty() ? key.method : paper.quick_method;
    Observation seen = run_case(paper, quick, {claim}).observations[0];
    const bool decided = seen.outcome == Outcome::passed || seen.outcome == Outcome::not_applicable;
    return decided || quick.method == key.method ? seen : run_case(paper, key, {claim}).observations[0];
}

}  // namespace ncverify::trial
