#include "screen/rejudge.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <mutex>
#include <optional>

#include "trial/case_run.hpp"

namespace ncverify::screen {

namespace {

// Below this curvature a float32 point is further from the minimum than its tolerance's first order sees.
constexpr double poor_curvature = 1e-2;

std::string text(const Fraction& fraction) {
    return std::to_string(fraction.numerator) + "/" + std::to_string(fraction.denominator);
}

Reason explain(const Ruling& ruling) {
    const Suspect& suspect = ruling.suspect;
    if (!ruling.refuted.empty()) {
        return Reason::confirmed;
    }
    // What stays undecided clears nobody.
    if (!ruling.certified || !ruling.undecided.empty()) {
        return Reason::unexplained;
    }
    if (suspect.summary.dead != 0) {
        return Reason::local_minimum;
    }
    if (suspect.summary.shared) {
        return Reason::shared_coordinates;
    }
    if (suspect.summary.ending != Ending::converged) {
        return Reason::not_converged;
    }
    return suspect.worst_curvature < poor_curvature ? Reason::ill_conditioned : Reason::unexplained;
}

Ruling rule(const Suspect& suspect, const ScreenOptions& options, long digits, const trial::Paper& paper,
            const std::vector<trial::Claim>& judges) {
    Ruling ruling{.suspect = suspect,
                  .configuration = configuration_of(
                      random_sample(options.seed, suspect.number, suspect.shape, options.weighted)),
                  .certified = false,
                  .refuted = {},
                  .undecided = {},
                  .reason = Reason::unexplained};
    std::vector<std::size_t> claims = suspect.claims;
    for (std::size_t j = 0; claims.empty() && j < options.claims.size(); ++j) {
        if (options.claims[j].id.starts_with(options.weighted ? "weights." : "thm1.")) {
            claims.push_back(j);
        }
    }
    std::vector<trial::Claim> tried;
    for (const std::size_t j : claims) {
        tried.push_back(judges[j]);
    }
    const trial::CaseKey key = judged_case(options, suspect.number, ruling.configuration, digits);
    const trial::CaseRecord record = run_case(paper, key, tried);
    ruling.certified = record.solver && record.solver->certified;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const trial::Outcome outcome = record.observations[i].outcome;
        if (outcome == trial::Outcome::refuted) {
            ruling.refuted.push_back(claims[i]);
        } else if (outcome == trial::Outcome::inconclusive) {
            ruling.undecided.push_back(claims[i]);
        }
    }
    ruling.reason = explain(ruling);
    return ruling;
}

}  // namespace

Configuration configuration_of(const Sample& sample) {
    const std::vector<long long> counts(sample.counts, sample.counts + sample.shape.classes);
    Configuration configuration =
        make_configuration(counts, text(sample.lambda_w), text(sample.lambda_h), sample.shape.dimension);
    if (!sample.weighted) {
        return configuration;
    }
    std::vector<ClassWeight> weights;
    for (int k = 0; k < sample.shape.classes; ++k) {
        weights.push_back(parse_weight(text(sample.weights[k]), "weights"));
    }
    return with_weights(std::move(configuration), weights);
}

trial::CaseKey judged_case(const ScreenOptions& options, std::uint64_t number,
                           const Configuration& configuration, long digits) {
    return {.instance = configuration, .seed = split_seed(options.seed, number), .digits = digits};
}

std::vector<long> classes_of(std::uint32_t bits) {
    std::vector<long> classes;
    for (long k = 0; k < largest_classes; ++k) {
        if ((bits >> k & 1U) != 0) {
            classes.push_back(k + 1);
        }
    }
    return classes;
}

std::string to_string(Reason reason) {
    switch (reason) {
        case Reason::confirmed:
            return "confirmed";
        case Reason::ill_conditioned:
            return "ill-conditioned";
        case Reason::local_minimum:
            return "local minimum";
        case Reason::not_converged:
            return "not converged";
        case Reason::shared_coordinates:
            return "shared coordinates";
        case Reason::unexplained:
            break;
    }
    return "unexplained";
}

std::vector<Suspect> to_rejudge(const ScreenResult& result, const ScreenOptions& options) {
    constexpr int enough = 8;
    std::vector<int> taken(options.claims.size(), 0);
    std::vector<Suspect> chosen;
    for (const Suspect& suspect : result.suspects) {
        bool wanted = suspect.claims.empty();
        for (const std::size_t j : suspect.claims) {
            wanted = wanted || !is_misreading(options.claims[j].id) || taken[j] < enough;
        }
        for (std::size_t j = 0; wanted && j < suspect.claims.size(); ++j) {
            ++taken[suspect.claims[j]];
        }
        if (wanted) {
            chosen.push_back(suspect);
        }
    }
    return chosen;
}

std::vector<Ruling> rejudge(const std::vector<Suspect>& suspects, const ScreenOptions& options, long digits,
                            const std::atomic<bool>& stop, const std::function<void(const Ruling&)>& ruled,
                            const trial::Paper& paper) {
    std::vector<trial::Claim> judges;
    for (const ScreenClaim& claim : options.claims) {
        judges.push_back(claim_named(paper.claims, claim.id, "screen"));
    }
    std::vector<std::optional<Ruling>> rulings(suspects.size());
    std::mutex mutex;
    tbb::task_arena arena(options.jobs > 0 ? options.jobs : tbb::task_arena::automatic);
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, suspects.size(), [&](std::size_t i) {
            if (!stop) {
                rulings[i] = rule(suspects[i], options, digits, paper, judges);
                if (ruled) {
                    const std::lock_guard lock(mutex);
                    ruled(*rulings[i]);
                }
            }
        });
    });
    std::vector<Ruling> done;
    for (auto& ruling : rulings) {
        if (ruling) {
            done.push_back(std::move(*ruling));
        }
    }
    return done;
}

}  // namespace ncverify::screen
