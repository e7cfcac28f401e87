// Cells, chambers, bounds: what the search is made of.
#include <catch2/catch.hpp>
#include <cmath>

#include "bottleneck/branch_and_bound.hpp"
#include "problem/random.hpp"

using namespace ncverify;
using namespace ncverify::bottleneck;

namespace {

Configuration problem(const std::string& counts, const std::string& decay, long dimension) {
    return make_configuration(parse_counts(counts, "counts"), decay, decay, dimension);
}

double uniform(Random& random, double least, double most) {
    return least + (most - least) * random.uniform();
}

// A vector of the cone.
SmallVector inside(const Cell& cell, long coordinate, Random& random) {
    SmallVector v = SmallVector::Zero(cell.classes);
    for (long j = 0; j + 1 < cell.classes; ++j) {
        const double weight = uniform(random, 0.0, 1.0);
        for (long k = 0; k < cell.classes; ++k) {
            v(k) += weight * cell.generator(coordinate, j)[k];
        }
    }
    return v;
}

}  // namespace

TEST_CASE("bottleneck: chambers are listed up to symmetry, one for each orbit") {
    // 6 orders of 3 classes; equal counts: one orbit for d = 1, five for d = 2.
    CHECK(canonical_chambers(problem("1,1,1", "1/100", 1)).size() == 1);
    CHECK(canonical_chambers(problem("1,1,1", "1/100", 2)).size() == 5);
    CHECK(canonical_chambers(problem("3,2,1", "1/100", 1)).size() == 6);
    CHECK(canonical_chambers(problem("3,2,1", "1/100", 2)).size() == 21);  // 6*7/2
    CHECK(canonical_chambers(problem("2,1,1", "1/100", 1)).size() == 3);
    Configuration weighted = problem("1,1,1", "1/100", 1);
    weighted = with_weights(weighted, {"2", "1", "1"});
    CHECK(canonical_chambers(weighted).size() == 3);
}

TEST_CASE("bottleneck: a chamber's cone holds the vectors of its order") {
    const Cell cell = cell_of({{2, 0, 1}});
    Random random(3);
    for (int i = 0; i < 100; ++i) {
        const SmallVector v = inside(cell, 0, random);
        CHECK(v(2) >= v(0));
        CHECK(v(0) >= v(1));
        CHECK(std::abs(v.sum()) < 1e-12);
    }
}

TEST_CASE("bottleneck: halves of a cell cover it and lie in it") {
    const Cell cell = cell_of({{0, 1, 2, 3}, {3, 1, 0, 2}});
    const auto [edge, width] = widest_edge(cell);
    CHECK(width > 1);
    CHECK(halves_exactly(cell, edge));
    const Cell first = half(cell, edge, 0), second = half(cell, edge, 1);
    for (long k = 0; k < 4; ++k) {
        const double middle = (cell.generator(edge.coordinate, edge.first)[k] +
                               cell.generator(edge.coordinate, edge.second)[k]) /
                              2;
        CHECK(first.generator(edge.coordinate, edge.second)[k] == middle);
        CHECK(first.generator(edge.coordinate, edge.first)[k] ==
              cell.generator(edge.coordinate, edge.first)[k]);
        CHECK(second.generator(edge.coordinate, edge.first)[k] == middle);
    }
}

TEST_CASE("bottleneck: no loss in a cell is below its bound") {
    const Configuration configuration = problem("4,2,1", "1/50", 2);
    const Constants constants = constants_of(configuration);
    const auto columns = feature_columns(configuration, Formulation::class_means);
    Random random(7);
    double closest = 1;
    for (int round = 0; round < 20; ++round) {
        std::vector<Chambers> all = canonical_chambers(configuration);
        Cell cell = cell_of(all[static_cast<std::size_t>(round) % all.size()]);
        for (int halving = 0; halving < round / 2; ++halving) {
            cell = half(cell, widest_edge(cell).first, halving % 2);
        }
        FixedDirections point = initial(constants);
        const CellBound found = bound(constants, cell, point);
        const Probabilities rounded = made_feasible(constants, cell, found.probabilities, 32);
        CHECK(largest_ratio(constants, cell, 0, rounded.matrix) <= 1);
        CHECK(largest_ratio(constants, cell, 1, rounded.matrix) <= 1);
        const double lower = entropy(constants, rounded.matrix);
        CHECK(lower <= found.value + 1e-9);
        for (int draw = 0; draw < 50; ++draw) {
            Matrix<double> w(3, 2);
            for (long i = 0; i < 2; ++i) {
                w.col(i) = inside(cell, i, random).normalized() * uniform(random, 0.0, 5.0);
                w.col(i).array() += uniform(random, -1.0, 1.0);  // the means are free
            }
            Matrix<double> h(2, 3);
            for (long k = 0; k < 3; ++k) {
                h.col(k) << uniform(random, 0.0, 3.0), uniform(random, 0.0, 3.0);
            }
            CHECK(objective(configuration, columns, w, h) >= lower);
        }
        // The best point along the middles is close above, or the bound would be idle.
        CHECK(point.objective >= lower);
        closest = std::min(closest, (point.objective - lower) / point.objective);
    }
    CHECK(closest < 0.01);
}

TEST_CASE("bottleneck: probabilities stay feasible however few bits they have") {
    const Configuration configuration = problem("1,1,1", "1/100", 2);
    const Constants constants = constants_of(configuration);
    Cell cell = cell_of({{0, 1, 2}, {1, 0, 2}});
    for (int i = 0; i < 6; ++i) {
        cell = half(cell, widest_edge(cell).first, i % 2);
    }
    FixedDirections point = initial(constants);
    const CellBound found = bound(constants, cell, point);
    double before = 0;
    for (const long bits : {4L, 8L, 16L, 32L, 48L}) {
        const Probabilities rounded = made_feasible(constants, cell, found.probabilities, bits);
        for (long k = 0; k < 3; ++k) {
            CHECK(rounded.matrix.row(k).sum() == 1);
            CHECK(rounded.matrix.row(k).minCoeff() >= 0);
        }
        CHECK(largest_ratio(constants, cell, 0, rounded.matrix) <= 1);
        const double now = entropy(constants, rounded.matrix);
        CHECK(now <= found.value + 1e-12);
        CHECK(now >= before - 0.05);
        before = now;
    }
    CHECK(found.value - before < 1e-10);
}

TEST_CASE(
    "bottleneck: the search finds a lower point than a bad incumbent, and the same tree whatever the threads") {
    const Configuration configuration = problem("1,1,1", "1/100", 2);
    Incumbent incumbent{0.3, Matrix<double>::Ones(3, 2)};
    Limits limits;
    limits.gap = 1e-6;
    double loss = 0.3;
    Outcome outcome;
    for (int restart = 0; restart < 40; ++restart) {
        outcome = branch_and_bound(configuration, incumbent, limits, {});
        if (!outcome.better) {
            break;
        }
        CHECK(outcome.better->loss < loss);
        CHECK(outcome.tree.empty());
        incumbent.loss = loss = outcome.better->loss;
    }
    CHECK(outcome.end == End::proven);
    CHECK(std::abs(outcome.bound - 0.243864110333) < 1e-6);
    limits.jobs = 1;
    const Outcome again = branch_and_bound(configuration, incumbent, limits, {});
    REQUIRE(again.tree.size() == outcome.tree.size());
    CHECK(again.bound == outcome.bound);
    for (std::size_t i = 0; i < again.tree.size(); ++i) {
        CHECK(again.tree[i].nodes.size() == outcome.tree[i].nodes.size());
    }
}

TEST_CASE("bottleneck: limits end the search with what is proven") {
    const Configuration configuration = problem("1,1,1,1", "1/100", 2);
    Limits limits;
    limits.gap = 1e-6;
    limits.nodes = 200;
    const Outcome outcome = branch_and_bound(configuration, {0.3, Matrix<double>::Ones(4, 2)}, limits, {});
    CHECK(outcome.end == End::stopped);
    CHECK(outcome.bound > 0.05);
    CHECK(outcome.bound < 0.3);
    CHECK(!outcome.tree.empty());
    std::atomic<bool> stop = true;
    limits.stop = &stop;
    CHECK(branch_and_bound(configuration, {0.3, Matrix<double>::Ones(4, 2)}, limits, {}).end == End::stopped);
}

TEST_CASE("bottleneck: what is tried unasked, and what cannot be tried") {
    CHECK(promising(problem("1,1,1", "1/100", 2)));
    CHECK(promising(problem("1,1,1,1", "1/100", 1)));
    CHECK_FALSE(promising(problem("1,1,1,1", "1/100", 2)));
    CHECK(possible(problem("1,1,1,1", "1/100", 3)));
    CHECK_FALSE(possible(problem("1,1,1,1", "1/100", 4)));
    CHECK_FALSE(possible(problem("1,1,1,1,1,1,1", "1/100", 1)));
    CHECK_FALSE(possible(problem("1,1,1", "1e-10000", 2)));
}
