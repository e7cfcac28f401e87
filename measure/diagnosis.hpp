// Diagnosis: how far, mostly because of what, and what to do, in sentences.
#pragma once

#include <string>
#include <vector>

#include "measure/measurement.hpp"

namespace ncverify::measure {

/// What is the matter, for people. The first finding is the one that matters most.
struct Finding {
    /// "all_zero", "complete_collapse", "dead_classes", "decays", "bias", "other_samples", "no_decays",
    /// "below_bound", "optimum", or the gap's largest term: "logits", "classifier", "orthogonality",
    /// "within_class", "collapsed"
    std::string kind;
    std::string headline;     ///< one sentence
    std::string explanation;  ///< why this is said
    std::string advice;       ///< what to do, "" where there is nothing to do
};

/// At least one.
std::vector<Finding> diagnosis(const Measurement& measured);

}  // namespace ncverify::measure
