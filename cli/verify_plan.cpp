#include "cli/verify_plan.hpp"

#include <algorithm>

#include "cli/papers.hpp"
#include "problem/errors.hpp"
#include "properties/paper.hpp"
#include "trial/examples.hpp"

namespace ncverify::cli {

namespace {

constexpr long search_steps = 200;  // configurations that the search for counterexamples may try for a claim

// Below this `--time` no pictures are drawn; they take some seconds.
constexpr double least_seconds_for_pictures = 30;

// What is tried: a token's case alone, one configuration, or the paper's and random ones.
void choose_cases(const VerifyArguments& arguments, Plan& plan) {
    trial::TrialOptions& options = plan.trial;
    const trial::Paper& paper = *plan.paper;
    if (!arguments.replay.empty()) {
        if (arguments.common.names_configuration() || !arguments.random.empty() ||
            !arguments.claims.empty()) {
            throw InputError("given together with a configuration, --random or --claims", "--replay",
                             "the token alone");
        }
        const auto [claim, key] = trial::parse_replay_token(paper, arguments.replay.text);
        options.claims = {trial::claim_named(paper.claims, claim, option::replay.name)};
        options.digits = key.digits;
        options.seed = key.seed;
        options.fixed = {key.instance};
        options.exact_seed = true;
        if (!key.method.empty()) {
            options.method = key.method;
        }
    } else if (arguments.common.names_configuration()) {
        if (&paper != &properties::paper()) {
            throw InputError("a configuration of another paper's problem", "--counts",
                             "--random or --replay, with --paper " + paper.id);
        }
        options.fixed = {arguments.common.configuration()};
    } else if (arguments.random.empty()) {
        options.fixed = paper.usual_instances;
        options.random = 200;
        options.until_covered = true;
    }
    if (!arguments.random.empty()) {
        options.random = static_cast<long>(arguments.random.number());
    }
    if (arguments.replay.empty() && options.random > 0) {
        for (const trial::Example& example : trial::kept_examples(paper)) {
            if (std::any_of(options.claims.begin(), options.claims.end(),
                            [&](const trial::Claim& claim) { return claim.id == example.claim; })) {
                options.examples.push_back(example.key);
            }
        }
    }
    options.search_steps = options.random > 0 ? search_steps : 0;
    if (options.fixed.empty() && options.random == 0) {
        throw InputError("nothing to try", "--random", "at least 1, or a configuration");
    }
    for (const trial::Instance& instance : options.fixed) {
        paper.require_fits({.instance = instance, .seed = options.seed, .digits = options.digits});
    }
}

}  // namespace

std::string chosen_method(const trial::Paper& paper, Given asked) {
    std::string known;
    for (const std::string& each : paper.methods) {
        known += (known.empty() ? "" : " or ") + each;
    }
    asked.row.choices = known.c_str();
    return asked.empty() ? paper.methods.front() : asked.choice();
}

Plan make_plan(const VerifyArguments& arguments) {
    Plan plan;
    plan.paper = arguments.replay.empty() || !arguments.paper.empty()
                     ? &paper_named(arguments.paper.text)
                     : &paper_of_token(arguments.replay.text);
    trial::TrialOptions& options = plan.trial;
    options.digits = arguments.common.digit_count();
    options.seed = arguments.common.seed_number();
    options.jobs = arguments.common.job_count();
    options.claims = trial::select_claims(plan.paper->claims, arguments.claims.text);
    options.method = chosen_method(*plan.paper, arguments.search);
    options.seconds = arguments.time.empty() ? 0 : arguments.time.seconds();
    plan.json = arguments.common.json();
    choose_cases(arguments, plan);
    plan.whole_domain = options.random > 0;
    // All claims together should notice every wrong theorem; a few need not.
    plan.mutants = plan.whole_domain && arguments.claims.empty();
    // Decided by the options, not by the clock: the same options give the same report.
    const bool short_of_time = options.seconds > 0 && options.seconds < least_seconds_for_pictures;
    plan.pictures = !arguments.no_pictures && !short_of_time && arguments.replay.empty() &&
                    plan.paper == &properties::paper();
    return plan;
}

}  // namespace ncverify::cli
