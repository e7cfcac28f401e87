// Certificates of trees: sound ones are proven, every kind of altered one is not, and the file says it all.
#include "certificates/tree_check.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "certificates/leaf_box.hpp"
#include "certificates/margin_limit.hpp"
#include "problem/errors.hpp"
#include "problem/random.hpp"
#include "properties/proven_minimum.hpp"

using namespace ncverify;
using namespace ncverify::certificates;

namespace {

struct Proof {
    properties::CertifiedSolution solution;
    properties::ProvenMinimum minimum;
};

Proof proven(const Configuration& configuration, long digits = 30, double gap = 0) {
    solvers::SolveOptions options;
    options.digits = digits;
    bottleneck::Limits limits;
    limits.gap = gap;
    limits.jobs = 2;
    Proof proof{properties::solve_and_certify(configuration, options), {}};
    auto minimum = properties::prove_minimum(configuration, options, limits, proof.solution);
    REQUIRE(minimum);
    proof.minimum = *minimum;
    return proof;
}

Configuration problem(const std::string& counts, const std::string& decay, long dimension) {
    return make_configuration(parse_counts(counts, "counts"), decay, decay, dimension);
}

const TreeCertificate& sound() {
    static const TreeCertificate certificate = proven(problem("5,2,1", "1/30", 2)).minimum.certificate;
    return certificate;
}

ConeNode& leaf(TreeCertificate& certificate, bool around_the_point) {
    for (ConeTree& tree : certificate.trees) {
        for (ConeNode& node : tree.nodes) {
            if (!node.split && node.image.has_value() == around_the_point) {
                return node;
            }
        }
    }
    throw std::logic_error("no such leaf");
}

std::string refusal(const std::function<void(TreeCertificate&)>& alter) {
    TreeCertificate altered = sound();
    alter(altered);
    const CheckResult result = check(altered);
    CHECK_FALSE(result.proven);
    return result.reason;
}

std::string parse_error(const std::string& from, const std::string& to) {
    std::string text = to_text(sound());
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    try {
        parse_tree_certificate(text, "file");
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("trees: minima with too few coordinates are certified to all digits") {
    struct Known {
        const char *counts, *decay;
        long dimension;
        const char* loss;
    };
    // By independent double-precision descents from many starts.
    for (const Known& known :
         {Known{"1,1,1", "1/100", 2, "0.243864110333216"}, Known{"1,1,1", "1/10", 2, "0.850539"},
          Known{"1,1,1", "1/100", 1, "0.776418084350"}, Known{"1,1", "1/100", 1, "0.383707246020"},
          Known{"1,1,1,1", "1/30", 1, "1.160885263905"}}) {
        const Configuration configuration = problem(known.counts, known.decay, known.dimension);
        const Proof proof = proven(configuration, 40);
        CAPTURE(known.counts, known.decay, known.dimension);
        CHECK(proof.minimum.end == bottleneck::End::proven);
        CHECK(proof.minimum.certificate.gap == "1e-38");
        const CheckResult result = check(parse_tree_certificate(to_text(proof.minimum.certificate), "x"));
        CHECK(result.proven);
        CHECK(result.reason.empty());
        const double loss = std::stod(result.upper_bound);
        CHECK(std::abs(loss - std::stod(known.loss)) < 1e-6);
    }
}

TEST_CASE("trees: a gap that was asked for, and no more, is proven") {
    const Proof proof = proven(problem("1,1,1,1,1", "1/30", 1), 30, 1e-2);
    const CheckResult result = check(proof.minimum.certificate);
    CHECK(result.proven);
    const double gap = std::stod(result.relative_gap);
    CHECK(gap <= 1e-2);
    CHECK(gap > 1e-4);
    CHECK(proof.minimum.leaves < 447);  // as many as 1e-3 took
}

TEST_CASE("trees: class weights are part of the problem") {
    Configuration configuration = with_weights(problem("4,1,1", "1/50", 1), {"1/2", "sqrt2", "1"});
    const Proof proof = proven(configuration);
    CHECK(proof.minimum.certificate.gap == "1e-28");
    TreeCertificate certificate = proof.minimum.certificate;
    CHECK(check(certificate).proven);
    certificate.claim.configuration = problem("4,1,1", "1/50", 1);
    CHECK_FALSE(check(certificate).proven);
}

TEST_CASE("trees: altered certificates are not proven") {
    CHECK(check(sound()).proven);
    CHECK(refusal([](TreeCertificate& c) { c.trees.pop_back(); }).find("no tree for the chambers") == 0);
    CHECK(refusal([](TreeCertificate& c) {
              ConeNode& node = leaf(c, false);
              node.off_diagonal[0][0] += (1LL << node.bits) / 20;
          }).find("inequalities fail") != std::string::npos);
    CHECK(refusal([](TreeCertificate& c) {
              ConeNode& node = leaf(c, false);
              node.off_diagonal[0][0] = node.off_diagonal[0][1] = 1LL << node.bits;
          }).find("more than one") != std::string::npos);
    CHECK(refusal([](TreeCertificate& c) {
              for (std::vector<long long>& row : leaf(c, false).off_diagonal) {
                  std::fill(row.begin(), row.end(), 0);
              }
          }).find("lower bound") != std::string::npos);
    CHECK(refusal([](TreeCertificate& c) { leaf(c, true).image.reset(); }).find("lower bound") !=
          std::string::npos);
    CHECK(refusal([](TreeCertificate& c) {
              std::swap(leaf(c, true).image->coordinates[0], leaf(c, true).image->coordinates[1]);
          }) != "");
    CHECK(refusal([](TreeCertificate& c) {
              std::swap(leaf(c, true).image->classes[0], leaf(c, true).image->classes[1]);
          }).find("no symmetry") != std::string::npos);
    CHECK(refusal([](TreeCertificate& c) {
              for (ConeTree& tree : c.trees) {
                  for (ConeNode& node : tree.nodes) {
                      if (node.split) {
                          node.split->coordinate = 1 - node.split->coordinate;
                          return;
                      }
                  }
              }
          }) != "");
    CHECK(refusal([](TreeCertificate& c) { c.claim.classifier[0][0] = "1.5"; }) != "");
    CHECK(refusal([](TreeCertificate& c) { c.claim.features[0][0] = "-1"; }) != "");
    CHECK(refusal([](TreeCertificate& c) { c.claim.upper_bound = "1e-3"; }).find("upper bound") !=
          std::string::npos);
    CHECK(refusal([](TreeCertificate& c) { c.claim.lower_bound = "9"; }).find("lower bound") !=
          std::string::npos);
    CHECK(refusal([](TreeCertificate& c) { c.gap = "1e-90"; }).find("gap") != std::string::npos);
    for (const char* decay : {"1/29", "1/31"}) {
        CHECK(refusal([decay](TreeCertificate& c) { c.claim.configuration = problem("5,2,1", decay, 2); }) !=
              "");
    }
}

TEST_CASE("trees: the file is read as it was written, and nothing else is") {
    const TreeCertificate back = parse_tree_certificate(to_text(sound()), "file");
    CHECK(to_text(back) == to_text(sound()));
    CHECK(is_tree_certificate(to_text(sound())));
    CHECK_FALSE(is_tree_certificate("{}"));
    CHECK_FALSE(is_tree_certificate("[1"));
    CHECK(parse_error("\"gap\"", "\"Gap\"").find("unknown key") != std::string::npos);
    CHECK(parse_error("ncverify-tree-1", "ncverify-tree-2").find("format") != std::string::npos);
    CHECK(parse_error("\"chambers\"", "\"chamber\"").find("unknown key") != std::string::npos);
    CHECK(parse_error("[0,1,2]", "[0,1,1]").find("no permutation") != std::string::npos);
    CHECK(parse_error("[0,1,2]", "[0,1]").find("no permutation") != std::string::npos);
    CHECK(parse_error("\"bits\":", "\"bits\":9").find("whole number") != std::string::npos);
    CHECK(parse_error("[0,0,1]", "[0,1,0]").find("no edge") != std::string::npos);
    CHECK(parse_error("[0,0,1]", "[7,0,1]").find("whole number") != std::string::npos);
    CHECK(parse_error("[0,0,1]", "[0,0,1],[0,0,1]").find("ends before") != std::string::npos);
    CHECK(parse_error("\"dim\": 2", "\"dim\": 9").find("too large") != std::string::npos);
    // Whether it is one is told without building whatever else the text may hold.
    const std::string deep = std::string(100, '[') + std::string(100, ']');
    CHECK_FALSE(is_tree_certificate(R"({"format":"ncverify-tree-1","trees":)" + deep + "}"));
    CHECK_FALSE(is_tree_certificate(R"({"format":"other","format":"ncverify-tree-1"})"));
}

TEST_CASE("trees: no halvings without end, one within the other") {
    const auto chain = [](long halvings) {
        TreeCertificate certificate = sound();
        ConeNode split;
        split.split = ConeEdge{0, 0, 1};
        const ConeNode identity{std::nullopt, 0, {{0, 0}, {0, 0}, {0, 0}}, std::nullopt};
        std::vector<ConeNode>& nodes = certificate.trees.front().nodes;
        nodes.assign(static_cast<std::size_t>(halvings), split);
        nodes.insert(nodes.end(), static_cast<std::size_t>(halvings + 1), identity);
        return to_text(certificate);
    };
    CHECK_FALSE(check(parse_tree_certificate(chain(1000), "file")).proven);
    CHECK_THROWS_WITH(parse_tree_certificate(chain(1001), "file"),
                      Catch::Contains("more than 1000 halvings"));
}

TEST_CASE("trees: decays far from one are certified to all digits") {
    const Proof proof = proven(make_configuration({1, 1, 1}, "1e-202", "1e200", 2), 20);
    CHECK(proof.minimum.certificate.gap == "1e-18");
    CHECK(check(proof.minimum.certificate).proven);
}

TEST_CASE("trees: what is undefined is neither passed over nor taken for zero") {
    Enclosure undefined, anything;
    arb_indeterminate(undefined.data());
    arb_zero_pm_inf(anything.data());
    for (const Enclosure& value : {undefined, anything}) {
        CHECK_FALSE(is_finite(positive_part(value)));
        for (const double other : {-1.0, 1.0}) {
            const std::optional<Enclosure> one = intersection(value, Enclosure(other)),
                                           two = intersection(Enclosure(other), value);
            REQUIRE((one && two));
            CHECK((!is_finite(*one) || overlap(*one, Enclosure(other))));
            CHECK((!is_finite(*two) || overlap(*two, Enclosure(other))));
        }
        Matrix<Enclosure> classifier = Matrix<Enclosure>::Constant(3, 1, Enclosure(0)),
                          features = Matrix<Enclosure>::Constant(1, 3, Enclosure(1));
        classifier(2, 0) = value;
        CHECK_FALSE(margin_limit_value(classifier, features));
    }
}

TEST_CASE("trees: whole numbers say of the inequality what rationals do") {
    Random random(11);
    const std::vector<std::string> weights = {"1", "2/7", "sqrt3/5", "0.01", "sqrt2"};
    int held = 0;
    constexpr int trials = 400;
    for (int trial = 0; trial < trials; ++trial) {
        const auto drawn = [&](long most) {
            return static_cast<long>(random.next() % static_cast<std::uint64_t>(most));
        };
        std::vector<std::string> texts;
        for (int k = 0; k < 3; ++k) {
            texts.push_back(weights[static_cast<std::size_t>(drawn(5))]);
        }
        const std::string decay = std::to_string(1 + drawn(9)) + "/" + std::to_string(1 + drawn(30));
        const Configuration configuration = with_weights(
            make_configuration({1 + drawn(5), 1 + drawn(5), 1}, decay, "1/300", 1), texts, "weights");
        Cone cone = chamber_cone({2, 0, 1});
        const auto replaced = static_cast<std::size_t>(drawn(2));
        if (drawn(2) == 0) {
            cone[replaced] = middle(cone[0], cone[1]);
        }
        const std::vector<std::vector<Integer>> rows =
            probability_rows({std::nullopt,
                              5,
                              {{drawn(9), drawn(9)}, {drawn(9), drawn(9)}, {drawn(9), drawn(9)}},
                              std::nullopt});
        bool holds = true;
        for (const ConeGenerator& u : cone) {
            for (const ConeGenerator& v : cone) {
                Rational used = 0, product = 0;
                const Rational scale =
                    Rational(1, Integer(1) << static_cast<unsigned>(u.exponent + v.exponent));
                for (std::size_t k = 0; k < 3; ++k) {
                    Rational s = 0, t = 0;
                    for (std::size_t m = 0; m < 3; ++m) {
                        s += Rational(rows[k][m], 32) * Rational(u.entries[k] - u.entries[m]);
                        t += Rational(rows[k][m], 32) * Rational(v.entries[k] - v.entries[m]);
                    }
                    if (s > 0 && t > 0) {
                        used += configuration.weighted_count(k) * s * t * scale;
                    }
                    product += Rational(u.entries[k] * v.entries[k]) * scale;
                }
                const Rational samples(configuration.samples());
                const Rational allowed =
                    samples * samples * configuration.lambda_w * configuration.lambda_h * product;
                holds = holds && used <= allowed;
            }
        }
        held += holds ? 1 : 0;
        CHECK(ConeInequality(configuration).supports(cone, rows, 5) == holds);
    }
    CHECK(held > trials / 10);
    CHECK(held < trials * 9 / 10);
}

TEST_CASE("trees: the exact inequality is what the loss obeys, and fails where it does not") {
    const Configuration configuration = problem("2,1,1", "1/20", 1);
    const Cone cone = chamber_cone({0, 1, 2});
    ConeNode identity{std::nullopt, 3, {{0, 0}, {0, 0}, {0, 0}}, std::nullopt};
    CHECK(ConeInequality(configuration).supports(cone, probability_rows(identity), 3));  // t = 0
    ConeNode uniform{std::nullopt, 3, {{3, 2}, {3, 3}, {3, 3}}, std::nullopt};
    CHECK_FALSE(ConeInequality(configuration).supports(cone, probability_rows(uniform), 3));
    // Equality is feasible: K = 2, u = (1, -1), t_1(u) = 2 p_12, so 4 p_12^2 <= N^2 lW lH * 2.
    const Configuration two = make_configuration({1, 1}, "1/8", "1/4", 1);  // p_12 <= 1/4
    const Cone ray = chamber_cone({0, 1});
    CHECK(
        ConeInequality(two).supports(ray, probability_rows({std::nullopt, 5, {{8}, {8}}, std::nullopt}), 5));
    CHECK_FALSE(
        ConeInequality(two).supports(ray, probability_rows({std::nullopt, 5, {{9}, {8}}, std::nullopt}), 5));
}
