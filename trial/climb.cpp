#include "trial/climb.hpp"

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

}  // namespace ncverify::trial
