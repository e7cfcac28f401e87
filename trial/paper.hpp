// Paper: everything through which the engine meets what is on trial. A second paper is a second one of these.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "problem/random.hpp"
#include "trial/claim.hpp"
#include "trial/mutation.hpp"
#include "trial/proofs.hpp"

namespace ncverify::trial {

/// What the engine needs to know of a paper's instances, which are opaque to it.
struct InstanceKind {
    std::function<std::string(const Instance&)> text;  ///< for people: a command line's options, or the like
    std::function<Instance(const std::string&)> parse_text;  ///< of what `text` made; throws InputError
    std::function<std::string(const Instance&)>
        word;  ///< for replay tokens: one shell word, reads back exactly
    /// Of what `word` made; throws InputError saying `where` and what was `expected`.
    std::function<Instance(const std::string& word, const std::string& where, const std::string& expected)>
        parse_word;
    std::string word_form;                             ///< "COUNTS:LAMBDA_W:LAMBDA_H:DIM"
    std::function<std::string(const Instance&)> json;  ///< an object's text, for report.json
    std::function<Instance(const std::string& json, const std::string& where)> parse_json;

    std::function<std::vector<std::string>(const Instance&)> tex;  ///< for the page: formulas, one by one
    /// A command that shows the instance's numbers to whoever would confirm a finding by hand; empty: none.
    std::function<std::string(const Instance&)> by_hand = [](const Instance&) { return std::string(); };

    /// A total order, the simpler first: counterexamples shrink along it.
    std::function<bool(const Instance&, const Instance&)> less;
    /// Strictly simpler neighbours, the simplest first.
    std::function<std::vector<Instance>(const Instance&)> simpler;
    /// A random neighbour, for the search for counterexamples.
    std::function<Instance(const Instance&, Random&)> neighbour;
    /// The random instance of this seed and number.
    std::function<Instance(std::uint64_t seed, std::uint64_t number)> generate;
    /// Whether claims that name no other domain are about it (here: d >= K).
    std::function<bool(const Instance&)> usual = [](const Instance&) { return true; };
    /// To which family it belongs, one bit; claims name those that they are about (here: with class weights).
    std::function<unsigned(const Instance&)> family = [](const Instance&) { return 1U; };
};

/// Whether a claim is about this instance.
inline bool concerns(const InstanceKind& instances, const Claim& claim, const Instance& instance) {
    return (claim.families & instances.family(instance)) != 0 &&
           (claim.any_instance || instances.usual(instance));
}

/// How the report speaks of a paper.
struct ReportWords {
    std::string title;   ///< of the paper
    std::string method;  ///< in FINDINGS.md, a sentence: how statements were held against something else
    /// The paper's parts in its order, each with a regular expression (ECMAScript) for the identifiers of its
    /// claims; the first that fits decides.
    std::vector<std::pair<std::string, std::string>> parts;
    std::vector<std::string> main_parts;  ///< that carry the headline
    std::string
        main_hold;  ///< the headline where all of them hold: "Theorem 1 and all four corollaries hold."
    std::string main_undecided;  ///< their subject where some are undecided: "Theorem 1 and the corollaries"
    std::string instance, instances;  ///< what cases are about: "configuration", "configurations"
    std::string certified;  ///< what the solver's certified points are: "minimisers found without .."
    std::string certified_evidence;  ///< what evidence `certified` means here, a sentence
    std::string argument;            ///< how the claims rest on each other, a sentence
    std::string open = {};  ///< in FINDINGS.md, Markdown: what was seen where the paper says nothing; or ""
};

/// A paper on trial.
struct Paper {
    std::string id;               ///< one word
    std::string token_mark;       ///< with which its replay tokens begin: "ncv1"
    std::vector<Claim> claims;    ///< in the paper's order, misreadings last
    std::vector<Demand> demands;  ///< inputs that a run must have seen for claims that name no others
    InstanceKind instances;
    std::vector<std::string> methods = {
        ""};                        ///< names of the ways to make a case; the first unless told otherwise
    std::string quick_method = {};  ///< of them, in which the steps of a search are taken; empty: the run's
    /// A case, its witnesses not yet asked. @param raise  how often the digits of `digits` are doubled
    std::function<std::unique_ptr<Case>(const CaseKey&, int raise)> make_case;
    /// Decimal digits at which such a case is solved and compared.
    std::function<long(const CaseKey&, int raise)> digits = [](const CaseKey& key, int raise) {
        return key.digits << raise;
    };
    /// Whether its memory can be had; and the same as an InputError where it cannot.
    std::function<bool(const CaseKey&, int raise)> fits = [](const CaseKey&, int) { return true; };
    std::function<void(const CaseKey&)> require_fits = [](const CaseKey&) {};
    std::vector<Instance> usual_instances = {};  ///< that a run tries where it is told of none
    std::vector<Mutant> mutants = {};  ///< wrong theorems and worlds, in a fixed order; names are unique
    std::vector<Instance> mutation_instances = {};  ///< that show most slips at once
    std::vector<Unneeded> unneeded = {};            ///< comparisons that only repeat what others see
    std::string comparisons = {};  ///< the text of its file of comparisons on record; empty: none
    /// Proofs over boxes of relaxed parameters, of the claims that match the patterns.
    std::function<std::vector<BoxProof>(const std::string& patterns, long most_boxes)> box_proofs =
        [](const std::string&, long) { return std::vector<BoxProof>{}; };
    long default_most_boxes = 0;
    std::string examples = {};       ///< the text of its file of kept cases
    std::string expected = {};       ///< the text of its file of expected verdicts; empty: none
    std::string formal_claims = {};  ///< which Coq theorem settles which claim, as proofs/claims.txt has it
    std::string formal_statements = {};  ///< what each of these states, as proofs/statements.txt has it
    ReportWords words;
};

}  // namespace ncverify::trial
