#include "trial/proofs.hpp"

#include <algorithm>

#include "trial/result.hpp"

namespace ncverify::trial {

namespace {

bool any(const std::vector<BoxProof>& proofs, BoxVerdict verdict) {
    return std::any_of(proofs.begin(), proofs.end(),
                       [&](const BoxProof& proof) { return proof.verdict == verdict; });
}

// Holds the verdict of the cases against the proofs over boxes.
void weigh_boxes(ClaimResult& claim, bool whole_domain) {
    // Counts are real numbers in a box, so that one on which a claim fails holds no case that shows it;
    // but either the cases missed something, or a proof is wrong.
    if (whole_domain && claim.verdict == Verdict::verified && any(claim.proofs, BoxVerdict::refuted)) {
        claim.verdict = Verdict::inconclusive;
        claim.message = "it held in every case, and fails throughout a box of real counts";
    }
    const bool all_proved = !claim.proofs.empty() && !any(claim.proofs, BoxVerdict::refuted) &&
                            !any(claim.proofs, BoxVerdict::undecided);
    if (claim.verdict == Verdict::refuted && all_proved) {
        claim.verdict = Verdict::inconclusive;
        claim.message = "it failed in a case, and is proved over boxes: one of the two is wrong";
    }
}

// Holds it against Coq's theorem.
void weigh_theorem(ClaimResult& claim, bool whole_domain) {
    if (!claim.formal) {
        return;
    }
    if (claim.verdict == Verdict::refuted && !claim.formal->refutes) {
        claim.verdict = Verdict::inconclusive;
        claim.message = "it failed in a case, and Coq has checked its proof: they are about different things";
    }
    if (whole_domain && claim.verdict == Verdict::verified && claim.formal->refutes) {
        claim.verdict = Verdict::inconclusive;
        claim.message = "it held in every case, and Coq has checked its negation";
    }
}

}  // namespace

std::string to_string(BoxVerdict verdict) {
    return verdict == BoxVerdict::proved    ? "proved"
           : verdict == BoxVerdict::refuted ? "refuted"
                                            : "undecided";
}

Evidence ClaimResult::evidence() const {
    if (formal && verdict == (formal->refutes ? Verdict::refuted : Verdict::verified)) {
        return Evidence::proved;
    }
    const bool borne_out = verdict == Verdict::refuted
                               ? any(proofs, BoxVerdict::refuted)
                               : verdict == Verdict::verified && !proofs.empty() &&
                                     !any(proofs, BoxVerdict::refuted) && !any(proofs, BoxVerdict::undecided);
    return borne_out ? Evidence::proved : cases_evidence;
}

void add_proofs(TrialResult& result, const std::vector<BoxProof>& proofs, bool whole_domain) {
    for (ClaimResult& claim : result.claims) {
        for (const BoxProof& proof : proofs) {
            if (proof.claim == claim.claim.id) {
                claim.proofs.push_back(proof);
            }
        }
        weigh_boxes(claim, whole_domain);
    }
}

void add_formal_proofs(TrialResult& result, const std::vector<FormalProof>& proofs, bool whole_domain) {
    for (ClaimResult& claim : result.claims) {
        for (const FormalProof& proof : proofs) {
            if (proof.claim == claim.claim.id) {
                claim.formal = proof;
                weigh_theorem(claim, whole_domain);
            }
        }
    }
}

void weigh_proofs(ClaimResult& claim, bool whole_domain) {
    weigh_boxes(claim, whole_domain);
    weigh_theorem(claim, whole_domain);
}

}  // namespace ncverify::trial
