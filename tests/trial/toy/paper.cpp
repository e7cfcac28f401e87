#include "toy/paper.hpp"

#include <algorithm>

#include "problem/errors.hpp"
#include "problem/scalar.hpp"
#include "trial/comparison.hpp"

namespace ncverify::toy {

namespace {

using trial::Comparison;
using trial::Instance;
using trial::Kind;
using trial::Observation;

long number_of(const Instance& instance) {
    return std::any_cast<long>(instance);
}

// What the theorem says of n, which a mutant changes.
class Case : public trial::Case {
  public:
    explicit Case(trial::CaseKey which) : trial::Case(std::move(which)) {}
    Case(const Case& sound, long square) : Case(sound) { square_ = square; }

    long number() const { return number_of(key.instance); }
    /// Bits in which a case of these digits is computed before any raise.
    long first_precision() const {
        const PrecisionScope scope(key.digits + 40);
        return static_cast<long>(Enclosure::precision());
    }
    long square() const {
        asked_ = true;
        return square_.value_or(number() * number());
    }
    void begin() const override { asked_ = false; }
    unsigned asked() const override { return asked_ ? 1U : 0U; }
    std::unique_ptr<trial::Case> clone() const override { return std::make_unique<Case>(*this); }

  private:
    std::optional<long> square_;
    mutable bool asked_ = false;
};

Observation odd_sum(const Case& subject) {
    Comparison comparison(subject, "by adding up");
    long sum = 0;
    for (long k = 0; k < subject.number(); ++k) {
        sum += 2 * k + 1;
    }
    comparison.equal("sum of the first n odd numbers", Enclosure(sum), Enclosure(subject.square()),
                     Enclosure(1));
    return comparison.observation();
}

Observation small_square(const Case& subject) {
    Comparison comparison(subject);
    comparison.below("n^2", Enclosure(subject.number() * subject.number()), Enclosure(900), Enclosure(900));
    return comparison.observation();
}

// A true inequality with slack, the closer the smaller n is.
Observation growing(const Case& subject) {
    Comparison comparison(subject);
    const long n = subject.number();
    comparison.at_most("n", Enclosure(n), Enclosure(n * n), Enclosure(n * n));
    return comparison.observation();
}

// The digits of the case are enough only once they have been doubled.
Observation precise(const Case& subject) {
    Comparison comparison(subject);
    if (Enclosure::precision() < subject.first_precision() + 100) {
        comparison.undecided("n");
    } else {
        comparison.exact("n", true, "");
    }
    return comparison.observation();
}

Observation even_exists(const Case& subject) {
    Comparison comparison(subject);
    comparison.exact("n", subject.number() % 2 == 0, "odd");
    return comparison.observation();
}

Observation cube(const Case& subject) {
    Comparison comparison(subject);
    const long n = subject.number();
    comparison.equal("n^3", Enclosure(n * n * n), Enclosure(n * n), Enclosure(1));
    return comparison.observation();
}

Instance parse(const std::string& text, const std::string& where, const std::string& expected) {
    if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string::npos) {
        throw InputError("'" + printable(text) + "' is no number", where, expected);
    }
    return std::stol(text);
}

std::vector<Instance> simpler(long number) {
    std::vector<Instance> all;
    for (const long candidate : {1L, number / 2, number - 1}) {
        if (candidate >= 1 && candidate < number) {
            all.emplace_back(candidate);
        }
    }
    return all;
}

trial::InstanceKind integers() {
    const auto text = [](const Instance& instance) { return std::to_string(number_of(instance)); };
    return {
        .text = [text](const Instance& instance) { return "n = " + text(instance); },
        .parse_text = [](const std::string& said) { return parse(said.substr(4), "text", "n = 1"); },
        .word = text,
        .parse_word = parse,
        .word_form = "N",
        .json = [text](const Instance& instance) { return "{\"n\":" + text(instance) + "}"; },
        .parse_json =
            [](const std::string& json, const std::string& where) {
                return parse(json.substr(5, json.size() - 6), where, "{\"n\":1}");
            },
        .tex = [text](const Instance& instance) { return std::vector<std::string>{"n=" + text(instance)}; },
        .less = [](const Instance& a, const Instance& b) { return number_of(a) < number_of(b); },
        .simpler = [](const Instance& instance) { return simpler(number_of(instance)); },
        .neighbour = [](const Instance& instance, Random& random) -> Instance {
            return number_of(instance) + static_cast<long>(random.next() % 5);
        },
        .generate = [](std::uint64_t seed, std::uint64_t number) -> Instance {
            return 1 + static_cast<long>(split_seed(seed, number) % 40);
        },
    };
}

// n^2 + by from `from` on; the theorem itself where `by` is nothing.
trial::Mutant wrong_square(const std::string& name, long by, long from, const std::string& equivalent = "") {
    return {
        .name = name,
        .equation = "(1)",
        .equivalent = equivalent,
        .differs =
            [by, from](const trial::Case& sound) { return by != 0 && number_of(sound.key.instance) >= from; },
        .spoilt =
            [by](const trial::Case& sound) {
                const auto& subject = dynamic_cast<const Case&>(sound);
                return std::make_unique<Case>(subject, subject.number() * subject.number() + by);
            }};
}

trial::Paper make_paper() {
    const trial::InputClass one{.name = "n = 1",
                                .contains = [](const Instance& i) { return number_of(i) == 1; }};
    return {
        .id = "toy",
        .token_mark = "toy1",
        .claims = {{.id = "toy.odd",
                    .source = "(1)",
                    .statement = R"(\sum_{k<n} (2k+1) = n^2)",
                    .domain = "n >= 1",
                    .check = odd_sum},
                   {.id = "toy.small",
                    .source = "after (1)",
                    .statement = "n^2 < 900",
                    .domain = "n >= 1",
                    .check = small_square,
                    .rests_on = {"toy.odd"}},
                   {.id = "toy.growing",
                    .source = "(2)",
                    .statement = "n \\le n^2",
                    .domain = "n >= 1",
                    .check = growing},
                   {.id = "toy.precise",
                    .source = "(3)",
                    .statement = "n = n",
                    .domain = "n >= 1",
                    .check = precise},
                   {.id = "toy.even",
                    .source = "after (1)",
                    .statement = "2 | n",
                    .domain = "n >= 1",
                    .check = even_exists,
                    .existence = true},
                   {.id = "misread.toy",
                    .source = "(1)",
                    .statement = "n^3 = n^2",
                    .domain = "n >= 1",
                    .kind = Kind::misreading,
                    .check = cube}},
        .demands = {{.input = one, .share = 0.01}},
        .instances = integers(),
        .make_case = [](const trial::CaseKey& key, int) { return std::make_unique<Case>(key); },
        .usual_instances = {Instance(4L)},
        .mutants = {wrong_square("n^2 + 1", 1, 1), wrong_square("n^2 + 1 from 10 on", 1, 10),
                    wrong_square("n n", 0, 1, "the same product")},
        .mutation_instances = {Instance(1L), Instance(3L)},
        .box_proofs =
            [](const std::string& patterns, long most_boxes) {
                std::vector<trial::BoxProof> proofs;
                if (patterns.empty() && most_boxes > 0) {
                    proofs.push_back({.claim = "toy.growing",
                                      .statement = "n <= n^2 for n >= 1",
                                      .argument = "divide by n",
                                      .verdict = trial::BoxVerdict::proved,
                                      .parts = {},
                                      .boxes = 1});
                }
                return proofs;
            },
        .default_most_boxes = 1,
        .examples = "# none yet\n",
        .expected =
            R"({"toy.odd":"verified","toy.small":"refuted","toy.growing":"verified",
            "toy.precise":"verified","toy.even":"verified","misread.toy":"refuted"})",
        .words = {.title = "On sums of odd numbers",
                  .method = "every sum was added up",
                  .parts = {{"Odd numbers", R"(^toy\b)"}},
                  .main_parts = {"Odd numbers"},
                  .main_hold = "Everything about odd numbers holds.",
                  .main_undecided = "Statements about odd numbers",
                  .instance = "number",
                  .instances = "numbers",
                  .certified = "",
                  .certified_evidence = "Certified: never here.",
                  .argument = "From sums to squares."},
    };
}

}  // namespace

const trial::Paper& paper() {
    static const trial::Paper toy = make_paper();
    return toy;
}

}  // namespace ncverify::toy
