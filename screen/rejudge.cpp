#include "screen/rejudge.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <optional>

#include "properties/case.hpp"
#include "properties/registry.hpp"
#include "trial/case_run.hpp"

namespace ncverify::screen {

namespace {

// Below this curvature a float32 point is further from the minimum than its tolerance's first order sees.
constexpr double poor_curvature = 1e-2;

std::string text(const Fraction& fraction) {
    return std::to_string(fraction.numerator) + "/" + std::to_string(fraction.denominator);
}

std::string explain(const Ruling& ruling) {
    const Suspect& suspect = ruling.suspect;
    if (ruling.confirmed) {
        return "confirmed";
    }
    if (!ruling.certified) {
        return "unexplained";
    }
    if (suspect.summary.dead != 0) {
        return "local minimum";
    }
    if (suspect.summary.shared) {
        return "shared coordinates";
    }
    if (suspect.summary.ending != Ending::converged) {
        return "not converged";
    }
    return suspect.worst_curvature < poor_curvature ? "ill-conditioned" : "unexplained";
}

Ruling rule(const Suspect& suspect, const ScreenOptions& options, long digits,
            const std::vector<properties::Claim>& judges) {
    Ruling ruling{suspect, configuration_of(random_sample(options.seed, suspect.number, suspect.shape)),
                  false,   false,
                  {},      ""};
    const properties::CaseKey key{
        .instance = ruling.configuration, .seed = split_seed(options.seed, suspect.number), .digits = digits};
    const PrecisionScope scope(properties::comparison_digits(key) + trial::guard_digits);
    const properties::Case subject(key);
    ruling.certified = subject.certified();
    std::vector<std::size_t> claims = suspect.claims;
    for (std::size_t j = 0; claims.empty() && j < options.claims.size(); ++j) {
        if (options.claims[j].id.starts_with("thm1.")) {
            claims.push_back(j);
        }
    }
    for (const std::size_t j : claims) {
        if (judges[j].check(subject).outcome == properties::Outcome::refuted) {
            ruling.refuted.push_back(j);
        }
    }
    ruling.confirmed = !ruling.refuted.empty();
    ruling.reason = explain(ruling);
    return ruling;
}

}  // namespace

Configuration configuration_of(const Sample& sample) {
    const std::vector<long long> counts(sample.counts, sample.counts + sample.shape.classes);
    return make_configuration(counts, text(sample.lambda_w), text(sample.lambda_h), sample.shape.dimension);
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

std::vector<Ruling> rejudge(const std::vector<Suspect>& suspects, const ScreenOptions& options, long digits,
                            const std::atomic<bool>& stop) {
    std::vector<properties::Claim> judges;
    for (const ScreenClaim& claim : options.claims) {
        judges.push_back(properties::select_claims(claim.id).at(0));
    }
    std::vector<std::optional<Ruling>> rulings(suspects.size());
    tbb::task_arena arena(options.jobs > 0 ? options.jobs : tbb::task_arena::automatic);
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, suspects.size(), [&](std::size_t i) {
            if (!stop) {
                rulings[i] = rule(suspects[i], options, digits, judges);
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
