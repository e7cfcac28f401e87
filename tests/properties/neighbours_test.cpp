#include "properties/neighbours.hpp"

#include <catch2/catch.hpp>

using namespace ncverify;
using namespace ncverify::properties;

TEST_CASE("neighbours of the smallest and of the largest counts are configurations") {
    Random random(1);
    for (int step = 0; step < 200; ++step) {
        for (const long long count : {1LL, largest_count}) {
            const Configuration edge = make_configuration({count, count}, "1e-3", "1e-3");
            CHECK(random_neighbour(edge, random).classes() >= 2);
        }
    }
}
