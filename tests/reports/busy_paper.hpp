// A paper for the tests of merging: claims about whole numbers that come out in every way there is.
#pragma once

#include "toy/paper.hpp"
#include "trial/comparison.hpp"

namespace ncverify::busy {

using trial::Observation;
using trial::Outcome;

/// Knows its number, and a solver that needs more starts the larger it is.
class Case : public trial::Case {
  public:
    explicit Case(const trial::CaseKey& which) : trial::Case(which) {}
    long number() const { return std::any_cast<long>(key.instance); }
    std::optional<trial::SolverAccount> solver() const override {
        return trial::SolverAccount{
            .certified = number() % 3 > 0, .starts = number() % 5, .local_minima = number() % 2};
    }
};

inline Observation observed(Outcome outcome, double error_log10 = -1e300) {
    Observation made;
    made.outcome = outcome;
    made.error_log10 = error_log10;
    made.message = outcome == Outcome::passed ? "" : "so it came out";
    return made;
}

/// An equality that holds to as many digits as n.
inline Observation close(const Case& subject) {
    return observed(Outcome::passed, -0.5 - static_cast<double>(subject.number()));
}

/// Of another outcome with another seed, and so of a case and not of its number.
inline Observation by_seed(const Case& subject) {
    switch (subject.key.seed % 8) {
        case 0:
            return observed(Outcome::refuted);
        case 1:
            return observed(Outcome::not_applicable);
        default:
            return observed(Outcome::passed, -1 - static_cast<double>(subject.key.seed % 5));
    }
}

/// Undecided now and then, refuted never.
inline Observation unsure(const Case& subject) {
    return subject.key.seed % 16 == 0 ? observed(Outcome::inconclusive)
           : subject.number() % 2     ? observed(Outcome::not_applicable)
                                      : observed(Outcome::passed);
}

/// An inequality that no number below `limit` violates, the closer the larger n is.
template <long limit>
Observation below(const Case& subject) {
    trial::Comparison comparison(subject);
    comparison.below("n", Enclosure(subject.number()), Enclosure(limit), Enclosure(limit));
    return comparison.observation();
}

/// Fails now and then where only searches come, and not every search.
inline Observation trap(const Case& subject) {
    return subject.number() > 40 && subject.key.seed % 64 == 0 ? observed(Outcome::refuted)
                                                               : below<1000>(subject);
}

inline Observation even_exists(const Case& subject) {
    return observed(subject.number() % 2 == 0 ? Outcome::passed : Outcome::refuted);
}

/// Random numbers go up to 40, and a search from there some way beyond.
inline trial::Paper make_paper() {
    trial::Paper paper = toy::paper();
    paper.id = "busy";
    paper.token_mark = "busy1";
    paper.claims = {
        {.id = "close", .source = "(1)", .statement = "a", .domain = "n", .check = close},
        {.id = "by.seed", .source = "(2)", .statement = "b", .domain = "n", .check = by_seed},
        {.id = "unsure", .source = "(3)", .statement = "c", .domain = "n", .check = unsure},
        {.id = "below.1000", .source = "(4)", .statement = "d", .domain = "n", .check = below<1000>},
        {.id = "below.30", .source = "(5)", .statement = "e", .domain = "n", .check = below<30>},
        {.id = "below.44", .source = "(6)", .statement = "f", .domain = "n", .check = below<44>},
        {.id = "trap", .source = "(7)", .statement = "g", .domain = "n", .check = trap},
        {.id = "even",
         .source = "(7)",
         .statement = "g",
         .domain = "n",
         .check = even_exists,
         .existence = true}};
    const auto numbers = [](const std::string& name, long most) {
        return trial::InputClass{.name = name, .contains = [most](const trial::Instance& instance) {
                                     return std::any_cast<long>(instance) <= most;
                                 }};
    };
    paper.demands = {{.input = numbers("n <= 5", 5), .share = 0.05},
                     {.input = numbers("n <= 20", 20), .share = 0.2}};
    paper.make_case = [](const trial::CaseKey& key, int) { return std::make_unique<Case>(key); };
    paper.methods = {"first", "second"};
    paper.usual_instances = {};
    paper.mutants = {};
    paper.examples = "";
    paper.expected = "";
    return paper;
}

inline const trial::Paper& paper() {
    static const trial::Paper made = make_paper();
    return made;
}

}  // namespace ncverify::busy
