#include "trial/mutation.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "files/json.hpp"
#include "trial/result.hpp"

namespace ncverify::trial {

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

bool ClaimPower::can_fail() const {
    return refuted_as_it_stands || !all.empty() ||
           (of_all_numbers && std::any_of(comparisons.begin(), comparisons.end(),
                                          [](const auto& each) { return each.world == wrong_expression; }));
}

std::vector<std::string> ClaimPower::never_failing() const {
    std::vector<std::string> found;
    for (const ComparisonPower& each : comparisons) {
        if (each.world.empty() && each.unneeded.empty()) {
            found.push_back(each.comparison);
        }
    }
    return found;
}

std::string fault_of(const ClaimPower& power) {
    const auto listed = [](const std::vector<std::string>& names) {
        std::string text;
        for (const std::string& name : names) {
            text += (text.empty() ? "'" : ", '") + name + "'";
        }
        return text;
    };
    if (!power.can_fail()) {
        return "no wrong theorem and no wrong world refutes it";
    }
    if (!power.lost.empty()) {
        return "no longer compares " + listed(power.lost);
    }
    const std::vector<std::string> vacuous = power.never_failing();
    return vacuous.empty() ? "" : "cannot fail in comparing " + listed(vacuous);
}

long MutationResult::count(Fate fate) const {
    return std::count_if(mutants.begin(), mutants.end(),
                         [&](const MutantResult& each) { return each.fate() == fate; });
}

bool MutationResult::mutants_as_should_be() const {
    return std::all_of(mutants.begin(), mutants.end(), [](const MutantResult& result) {
        return result.killed() == result.mutant.equivalent.empty();
    });
}

bool MutationResult::as_should_be() const {
    return mutants_as_should_be() && std::all_of(claims.begin(), claims.end(), [](const ClaimPower& power) {
               return fault_of(power).empty();
           });
}

std::string comparisons_text(const MutationResult& result) {
    Json document = Json::object();
    for (const ClaimPower& power : result.claims) {
        Json names = Json::array();
        for (const ComparisonPower& each : power.comparisons) {
            names.push_back(each.comparison);
        }
        document[power.claim] = std::move(names);
    }
    return document.dump(2) + "\n";
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
