// Certificates of trees: sound ones are proven, every kind of altered one is not, and the file says it all.
#include "certificates/tree_check.hpp"

#include <catch2/catch.hpp>
#include <functional>

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
}

TEST_CASE("trees: the exact inequality is what the loss obeys, and fails where it does not") {
    const Configuration configuration = problem("2,1,1", "1/20", 1);
    const Cone cone = chamber_cone({0, 1, 2});
    ConeNode identity{std::nullopt, 3, {{0, 0}, {0, 0}, {0, 0}}, std::nullopt};
    CHECK(supports(configuration, cone, probability_rows(identity), 3));  // t = 0
    ConeNode uniform{std::nullopt, 3, {{3, 2}, {3, 3}, {3, 3}}, std::nullopt};
    CHECK_FALSE(supports(configuration, cone, probability_rows(uniform), 3));
    // Equality is feasible: K = 2, u = (1, -1), t_1(u) = 2 p_12, so 4 p_12^2 <= N^2 lW lH * 2.
    const Configuration two = make_configuration({1, 1}, "1/8", "1/4", 1);  // p_12 <= 1/4
    const Cone ray = chamber_cone({0, 1});
    CHECK(supports(two, ray, probability_rows({std::nullopt, 5, {{8}, {8}}, std::nullopt}), 5));
    CHECK_FALSE(supports(two, ray, probability_rows({std::nullopt, 5, {{9}, {8}}, std::nullopt}), 5));
}
