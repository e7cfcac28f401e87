#include "trial/case_run.hpp"

#include "problem/scalar.hpp"

namespace ncverify::trial {

namespace {

constexpr int most_raises = 3;            // doublings of precision before "inconclusive"
constexpr int most_shrink_trials = 1000;  // simpler neighbours looked at for one counterexample

Observation run_check(const Claim& claim, const Case& subject) {
    Observation observation;
    subject.begin();
    try {
        observation = claim.check(subject);
    } catch (const std::exception& error) {
        observation.outcome = Outcome::inconclusive;
        observation.message = std::string("the check itself failed: ") + error.what();
    }
    // A case whose witnesses contradict themselves is none to pass over, also where a check did so.
    const auto contradiction = subject.contradiction();
    if (contradiction && observation.outcome == Outcome::not_applicable) {
        observation.outcome = Outcome::refuted;
        observation.message = contradiction->message;
        observation.values = contradiction->values;
    }
    if (claim.existence && observation.outcome == Outcome::refuted) {  // no witness; that refutes nothing
        observation.outcome = contradiction ? Outcome::inconclusive : Outcome::not_applicable;
    }
    observation.evidence = subject.evidence();
    return observation;
}

// More digits will not close a certificate that the search missed.
bool hopeless(const Observation& observation, const Case& subject) {
    const auto solver = subject.solver();
    return observation.evidence == Evidence::sampled && solver && !solver->certified;
}

}  // namespace

CaseRecord run_case(const Paper& paper, const CaseKey& key, const std::vector<Claim>& claims,
                    const std::vector<bool>& tried) {
    CaseRecord record;
    record.observations.resize(claims.size());
    std::vector<std::size_t> open;
    for (std::size_t j = 0; j < claims.size(); ++j) {
        if (!tried.empty() && !tried[j]) {
            record.observations[j].outcome = Outcome::untried;
        } else if (concerns(paper.instances, claims[j], key.instance)) {
            open.push_back(j);
        }
    }
    for (int raise = 0; raise <= most_raises && !open.empty(); ++raise) {
        if (raise > 0 && !paper.fits(key, raise)) {
            break;
        }
        const PrecisionScope scope(paper.digits(key, raise) + guard_digits);
        const std::unique_ptr<Case> subject = paper.make_case(key, raise);
        std::vector<std::size_t> undecided;
        for (const std::size_t j : open) {
            Observation& observation = record.observations[j];
            observation = run_check(claims[j], *subject);
            if (observation.outcome == Outcome::inconclusive && !hopeless(observation, *subject)) {
                undecided.push_back(j);
            }
        }
        if (raise == 0) {
            record.solver = subject->solver();
        }
        open = std::move(undecided);
    }
    record.finished = true;
    return record;
}

Counterexample shrink(const Paper& paper, const Claim& claim, CaseKey key, Observation failure,
                      const std::function<bool()>& halted) {
    int trials = 0;
    for (bool moved = true; moved && !halted();) {
        moved = false;
        for (const Instance& candidate : paper.instances.simpler(key.instance)) {
            if (++trials > most_shrink_trials || halted()) {
                break;
            }
            CaseKey simpler_key = key;
            simpler_key.instance = candidate;
            const CaseRecord record = run_case(paper, simpler_key, {claim});
            if (record.observations[0].outcome == Outcome::refuted) {
                key = simpler_key;
                failure = record.observations[0];
                moved = true;
                break;
            }
        }
    }
    return {.instance = key.instance, .message = failure.message, .values = failure.values};
}

}  // namespace ncverify::trial
