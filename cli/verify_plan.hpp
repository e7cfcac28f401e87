// What `ncverify verify` is asked for, as a plan of the trial.
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "trial/proofs.hpp"
#include "trial/trial.hpp"

namespace ncverify::cli {

struct VerifyArguments {
    CommonOptions common;
    Given paper{option::paper}, random{option::verify_random}, claims{option::verify_claims},
        time{option::time}, replay{option::replay}, search{option::verify_search}, out{option::verify_out},
        expect{option::expect}, record{option::record}, proofs{option::proofs}, keep{option::keep},
        cases{option::cases};
    std::vector<std::string> screens, trainings;
    bool no_pictures = false, check_proofs = false;
};

/// What the command line asks for.
struct Plan {
    const trial::Paper* paper = nullptr;
    trial::TrialOptions trial;
    std::vector<trial::FormalProof> formal;
    bool whole_domain = false;  ///< random cases, so that verdicts are about the claims' whole domain
    bool mutants = false;       ///< wrong theorems are tried too
    bool pictures = false;
    bool json = false;
};

/// The way of making cases that was asked for, one of the paper's, or its usual one. Throws InputError.
std::string chosen_method(const trial::Paper& paper, Given asked);

/// Checked before any work; throws InputError.
Plan make_plan(const VerifyArguments& arguments);

}  // namespace ncverify::cli
