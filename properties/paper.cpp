#include "properties/paper.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "problem/configuration_json.hpp"
#include "problem/errors.hpp"
#include "properties/boxes/proofs.hpp"
#include "properties/case.hpp"
#include "properties/generators.hpp"
#include "properties/input_classes.hpp"
#include "properties/mutants/wrong_theorem.hpp"
#include "properties/neighbours.hpp"
#include "properties/registry.hpp"
#include "properties/simpler.hpp"
#include "properties/texts.hpp"

namespace ncverify::properties {

namespace {

using trial::Instance;

// Whether `text` is a whole number from 1 on that `make_configuration` can judge.
bool is_dimension(const std::string& text) {
    constexpr std::size_t longest = 10;
    return !text.empty() && text.size() <= longest &&
           text.find_first_not_of("0123456789") == std::string::npos && std::stoll(text) >= 1;
}

Configuration weighted(const Configuration& configuration, const std::string& weights,
                       const std::string& where) {
    return weights.empty() ? configuration
                           : with_weights(configuration, parse_weights(weights, configuration, where), where);
}

// "--counts 1,2 --lambda-w 1e-4 --lambda-h 1e-5 --dim 3", as Configuration::command_line writes it.
Configuration parse_command_line(const std::string& text) {
    const char* expected = "--counts .. --lambda-w .. --lambda-h .. --dim ..";
    std::map<std::string, std::string> given{
        {"--counts", ""}, {"--lambda-w", ""}, {"--lambda-h", ""}, {"--dim", ""}, {"--weights", ""}};
    std::istringstream words(text);
    for (std::string option, value; words >> option >> value;) {
        if (given.count(option) == 0) {
            throw InputError("'" + printable(option) + "'", "configuration", expected);
        }
        given[option] = value;
    }
    const std::string& dimension = given["--dim"];
    if (!dimension.empty() && !is_dimension(dimension)) {
        throw InputError("'" + printable(dimension) + "' is no dimension", "dim", "a whole number");
    }
    const Configuration made =
        make_configuration(parse_counts(given["--counts"], "counts"), given["--lambda-w"],
                           given["--lambda-h"], dimension.empty() ? 0 : std::stoll(dimension));
    return weighted(made, given["--weights"], "weights");
}

std::string word(const Configuration& configuration) {
    return counts_text(configuration.counts) + ":" + to_string(configuration.lambda_w) + ":" +
           to_string(configuration.lambda_h) + ":" + std::to_string(configuration.dimension) +
           (configuration.weighted() ? ":" + weights_text(configuration.weights) : "");
}

Configuration parse_word(const std::string& text, const std::string& where, const std::string& expected) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(':', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    if (parts.size() < 4 || parts.size() > 5 || !is_dimension(parts[3])) {
        throw InputError("'" + printable(text) + "' is no configuration", where, expected);
    }
    const Configuration made =
        make_configuration(parse_counts(parts[0], where), parts[1], parts[2], std::stoll(parts[3]));
    return weighted(made, parts.size() == 5 ? parts[4] : "", where);
}

// A weight decay, "1/500" as 1/500 in type, "1e-4" as a power of ten. It may have a hundred thousand
// characters: more than a double holds, or a regular expression's recursion survives.
std::string tex(const std::string& number) {
    if (const auto slash = number.find('/'); slash != std::string::npos) {
        return number.substr(0, slash) + R"(\,/\,)" + number.substr(slash + 1);
    }
    const auto mark = number.find_first_of("eE");
    if (mark == std::string::npos) {
        return number;
    }
    const std::string mantissa = number.substr(0, mark);
    const std::string factor = parse_rational(mantissa, "mantissa") == 1 ? "" : mantissa + R"(\cdot)";
    return factor + "10^{" + std::to_string(std::stol(number.substr(mark + 1))) + "}";
}

// "1, 1/2, \sqrt{1/7}", the first of many.
std::string tex_weights(const std::vector<ClassWeight>& weights) {
    constexpr std::size_t most = 20;
    std::string text;
    for (std::size_t k = 0; k < std::min(most, weights.size()); ++k) {
        const std::string& own = weights[k].text;
        const bool root = own.rfind("sqrt", 0) == 0;
        text += (k > 0 ? R"(,\,)" : "") + (root ? R"(\sqrt{)" + tex(own.substr(4)) + "}" : tex(own));
    }
    return text + (weights.size() > most ? R"(,\ldots)" : "");
}

// A configuration as a mathematician writes it.
std::vector<std::string> tex(const Configuration& configuration) {
    constexpr std::size_t most_counts = 24, shown_counts = 20;
    const bool all = configuration.counts.size() <= most_counts;
    std::string counts;
    for (std::size_t k = 0; k < (all ? configuration.counts.size() : shown_counts); ++k) {
        counts += (k > 0 ? R"(,\,)" : "") + std::to_string(configuration.counts[k]);
    }
    std::vector<std::string> formulas{
        "n=(" + counts + (all ? "" : R"(,\ldots)") + ")", R"(\lambda_W=)" + tex(configuration.lambda_w_text),
        R"(\lambda_H=)" + tex(configuration.lambda_h_text), "d=" + std::to_string(configuration.dimension)};
    if (configuration.weighted()) {
        formulas.push_back(R"(\omega=()" + tex_weights(configuration.weights) + ")");
    }
    return formulas;
}

std::string by_hand(const Configuration& configuration) {
    const bool square = configuration.dimension == configuration.classes();
    return "ncverify theory --counts " + counts_text(configuration.counts) + " --lambda-w " +
           configuration.lambda_w_text + " --lambda-h " + configuration.lambda_h_text +
           (square ? "" : " --dim " + std::to_string(configuration.dimension)) +
           (configuration.weighted() ? " --weights " + weights_text(configuration.weights) : "");
}

std::vector<Instance> as_instances(const std::vector<Configuration>& configurations) {
    return std::vector<Instance>(configurations.begin(),
                                 configurations.end());  // braces would hold the iterators
}

trial::InstanceKind configurations_on_trial() {
    return {
        .text = [](const Instance& instance) { return configuration_of(instance).command_line(); },
        .parse_text = [](const std::string& text) -> Instance { return parse_command_line(text); },
        .word = [](const Instance& instance) { return word(configuration_of(instance)); },
        .parse_word = [](const std::string& text, const std::string& where, const std::string& expected)
            -> Instance { return parse_word(text, where, expected); },
        .word_form = "COUNTS:LAMBDA_W:LAMBDA_H:DIM[:WEIGHTS]",
        .json = [](const Instance& instance) { return to_json(configuration_of(instance)).dump(); },
        .parse_json = [](const std::string& json, const std::string& where) -> Instance {
            return parse_configuration(json, where);
        },
        .tex = [](const Instance& instance) { return tex(configuration_of(instance)); },
        .by_hand = [](const Instance& instance) { return by_hand(configuration_of(instance)); },
        .less = [](const Instance& a,
                   const Instance& b) { return configuration_of(a) < configuration_of(b); },
        .simpler = [](const Instance& instance) { return as_instances(simpler(configuration_of(instance))); },
        .neighbour = [](const Instance& instance, Random& random) -> Instance {
            return random_neighbour(configuration_of(instance), random);
        },
        .generate = [](std::uint64_t seed, std::uint64_t number) -> Instance {
            return generate(seed, number).value();
        },
        .usual =
            [](const Instance& instance) {
                const Configuration& configuration = configuration_of(instance);
                return configuration.dimension >= configuration.classes();
            },
        .family = [](const Instance& instance) -> unsigned {
            return configuration_of(instance).weighted() ? weighted_instances : unweighted_instances;
        },
    };
}

// Of the paper's experiments (Section 5), with as many coordinates as classes, and with more.
std::vector<Configuration> paper_configurations() {
    const std::vector<long long> counts{100, 100, 200, 200, 300, 300, 400, 400, 500, 500};
    return {make_configuration(counts, "1e-4", "1e-5", 10), make_configuration(counts, "1e-4", "1e-5", 64)};
}

trial::ReportWords words() {
    return {
        .title =
            "Neural Collapse for Cross-entropy Class-Imbalanced Learning with Unconstrained ReLU Feature "
            "Model",
        .method =
            "statements about global minimisers were held against points found without the theorem and "
            "proven globally optimal. A counterexample's options, after `ncverify theory` or `ncverify "
            "solve`, show its numbers",
        .parts = {{"Theorem 1", R"(^(thm1|eq6|eq13)\b)"},
                  {"After Theorem 1", R"(^text4\.)"},
                  {"Corollary 1", R"(^cor1\b)"},
                  {"Proposition 1", R"(^prop1\b)"},
                  {"Section 4.1, prose", R"(^text41\b)"},
                  {"Corollary 2", R"(^cor2\b)"},
                  {"Corollary 3", R"(^cor3\b)"},
                  {"Corollary 4", R"(^cor4\b)"},
                  {"Metrics, Section 5.1", R"(^metric\b)"},
                  {"Proof, Steps 1 to 5", R"(^(proof|lemma2\.minimum)\b)"},
                  {"Lemmas and remark", R"(^(lemma\d*|remark)\b)"},
                  {"Beyond the paper", R"(^beyond\b)"},
                  {"The landscape", R"(^landscape\b)"},
                  {"Fewer coordinates than classes", R"(^bottleneck\b)"},
                  {"Class weights", R"(^weights\b)"}},
        .main_parts = {"Theorem 1", "Corollary 1", "Proposition 1", "Corollary 2", "Corollary 3",
                       "Corollary 4"},
        .main_hold = "Theorem 1, Proposition 1 and all four corollaries hold.",
        .main_undecided = "Theorem 1, Proposition 1 and the corollaries",
        .instance = "configuration",
        .instances = "configurations",
        .certified = "minimisers found without the theorem and proven globally optimal",
        .certified_evidence =
            "Certified: compared with minimisers found without the theorem, each proven "
            "globally optimal by the dual bound.",
        .argument =
            "The paper’s argument as it is written, from the inequalities of the proof through Theorem 1 "
            "to the corollaries.",
        .open = open_questions_text(),
    };
}

trial::Paper make_paper() {
    return {
        .id = "dang-2024",
        .token_mark = "ncv1",
        .claims = registry(),
        .demands = whole_domain(),
        .instances = configurations_on_trial(),
        .methods = {solvers::to_string(solvers::SearchMethod::descent),
                    solvers::to_string(solvers::SearchMethod::structured)},
        .quick_method = solvers::to_string(solvers::SearchMethod::structured),
        .make_case = [](const CaseKey& key, int raise) { return std::make_unique<Case>(key, raise); },
        .digits = comparison_digits,
        .fits =
            [](const CaseKey& key, int raise) {
                return solvers::fits(configuration_of(key.instance), comparison_digits(key, raise));
            },
        .require_fits =
            [](const CaseKey& key) {
                solvers::require_fits(configuration_of(key.instance), comparison_digits(key));
            },
        .usual_instances = as_instances(paper_configurations()),
        .mutants = mutants(),
        .mutation_instances = as_instances(mutation_configurations()),
        .unneeded = unneeded_comparisons(),
        .comparisons = comparisons_text(),
        .box_proofs = box_proofs,
        .default_most_boxes = default_most_boxes,
        .examples = examples_text(),
        .expected = expected_text(),
        .formal_claims = formal_claims_text(),
        .formal_statements = formal_statements_text(),
        .words = words(),
    };
}

}  // namespace

const trial::Paper& paper() {
    static const trial::Paper dang_2024 = make_paper();
    return dang_2024;
}

}  // namespace ncverify::properties
