#include "properties/input_classes.hpp"

#include <catch2/catch.hpp>

#include "problem/random.hpp"

using namespace ncverify;
using namespace ncverify::properties;
using trial::Coverage;
using trial::coverage;

TEST_CASE("coverage is met, missed or undecided as the share is surely above, surely below or close") {
    CHECK(coverage(0, 0, 0.1) == Coverage::undecided);
    CHECK(coverage(3, 10, 0.1) == Coverage::undecided);
    CHECK(coverage(300, 1000, 0.1) == Coverage::met);
    CHECK(coverage(0, 1000, 0.1) == Coverage::missed);
    CHECK(coverage(100, 1000, 0.1) == Coverage::undecided);
}

TEST_CASE("looking again after every case does not turn a share that is met into one that is missed") {
    Random random(7);
    for (int run = 0; run < 50; ++run) {
        long hits = 0;
        for (long cases = 1; cases <= 2000; ++cases) {
            hits += random.uniform() < 0.1 ? 1 : 0;
            REQUIRE(coverage(hits, cases, 0.1) != Coverage::missed);
        }
    }
}

TEST_CASE("the classes of input are what their names say") {
    // T = N^2 K/(K-1) lW lH = 18^2 * 3/2 * 1/54 * 1/1 = 9
    const Configuration at = make_configuration({3, 6, 9}, "1/54", "1", 4);
    CHECK(at_threshold().contains(at));
    CHECK(all_collapsed().contains(at));
    CHECK(all_distinct().contains(at));
    CHECK(spare_coordinates().contains(at));
    CHECK_FALSE(near_threshold().contains(at));
    CHECK_FALSE(balanced().contains(at));
    CHECK_FALSE(single_samples().contains(at));
    const Configuration near =
        make_configuration({3, 6, 9}, "1/54", "0.9999999999999999999999999999999999", 2);
    CHECK(near_threshold().contains(near));
    CHECK(some_collapsed().contains(near));
    CHECK(few_coordinates().contains(near));
    CHECK_FALSE(at_threshold().contains(near));
    CHECK(none_collapsed().contains(make_configuration({1, 1}, "1e-3", "1e-3")));
    CHECK(two_classes().contains(make_configuration({1, 1}, "1e-3", "1e-3")));
    CHECK(two_groups().contains(make_configuration({1, 1, 4}, "1e-3", "1e-3")));
}
