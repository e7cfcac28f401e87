#include "screen/error_tally.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "problem/random.hpp"
#include "tests/precompiled.hpp"

using namespace ncverify;
using screen::ErrorTally;

namespace {

// Errors of every size, below the first decade and above the last one too.
std::vector<double> any_errors(Random& random, std::size_t count) {
    std::vector<double> errors(count);
    for (double& error : errors) {
        error = random.next() % 8 == 0 ? 0 : std::pow(10.0, 28 * random.uniform() - 22);
    }
    return errors;
}

ErrorTally tally_of(const std::vector<double>& errors) {
    ErrorTally tally;
    for (const double error : errors) {
        tally.add(error);
    }
    return tally;
}

const std::vector<double> shares{0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1};

}  // namespace

TEST_CASE("a tally's quantiles are above the true ones by an eighth at most") {
    Random random(1);
    for (int i = 0; i < 200; ++i) {
        auto errors = any_errors(random, 1 + random.next() % 300);
        const ErrorTally tally = tally_of(errors);
        std::sort(errors.begin(), errors.end());
        CHECK(tally.count() == static_cast<long>(errors.size()));
        CHECK(tally.largest() == errors.back());
        for (const double share : shares) {
            const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(errors.size())));
            const double exact = rank == 0 ? 0 : errors[rank - 1];
            INFO("case " << i << ": share " << share << ", exactly " << exact);
            if (exact < 1e-18) {
                CHECK(tally.quantile(share) == 0);
            } else if (exact < 1e4) {
                CHECK(tally.quantile(share) >= exact * (1 - 1e-12));
                CHECK(tally.quantile(share) <= exact * 1.125);
            } else {
                CHECK(tally.quantile(share) >= 1e4 * (1 - 1e-12));
                CHECK(tally.quantile(share) <= tally.largest());
            }
        }
    }
}

TEST_CASE("a tally's decades are those of its errors") {
    Random random(2);
    const auto errors = any_errors(random, 5000);
    const ErrorTally tally = tally_of(errors);
    const int last = ErrorTally::first_decade + ErrorTally::decades - 1;
    long together = 0;
    for (int decade = ErrorTally::first_decade; decade <= last; ++decade) {
        const auto within = [&](double error) {
            const double place = error == 0 ? -1e9 : std::floor(std::log10(error));
            return std::clamp(place, double(ErrorTally::first_decade), double(last)) == decade;
        };
        CHECK(tally.in_decade(decade) == std::count_if(errors.begin(), errors.end(), within));
        together += tally.in_decade(decade);
    }
    CHECK(together == tally.count());
}

TEST_CASE("tallies merge to the tally of all, however they are split") {
    Random random(3);
    const auto errors = any_errors(random, 1000);
    const ErrorTally all = tally_of(errors);
    for (int i = 0; i < 20; ++i) {
        std::vector<std::vector<double>> parts(1 + random.next() % 7);
        for (const double error : errors) {
            parts[random.next() % parts.size()].push_back(error);
        }
        ErrorTally merged;
        for (const auto& part : parts) {
            merged.merge(tally_of(part));
        }
        CHECK(merged.count() == all.count());
        CHECK(merged.largest() == all.largest());
        for (const double share : shares) {
            CHECK(merged.quantile(share) == all.quantile(share));
        }
        for (int decade = ErrorTally::first_decade; decade < ErrorTally::first_decade + ErrorTally::decades;
             ++decade) {
            CHECK(merged.in_decade(decade) == all.in_decade(decade));
        }
    }
}

TEST_CASE("an empty tally, zeros alone, and errors without bound") {
    const ErrorTally empty;
    CHECK(empty.count() == 0);
    CHECK(empty.largest() == 0);
    CHECK(empty.quantile(1) == 0);
    const ErrorTally zeros = tally_of({0, 0, 0});
    CHECK(zeros.quantile(1) == 0);
    CHECK(zeros.in_decade(ErrorTally::first_decade) == 3);
    const double infinite = std::numeric_limits<double>::infinity();
    const ErrorTally unbounded = tally_of({1e-3, 1e300, infinite});
    CHECK(unbounded.largest() == infinite);
    CHECK(unbounded.in_decade(ErrorTally::first_decade + ErrorTally::decades - 1) == 2);
}

TEST_CASE("a tally made of another one's bins and largest error is that one") {
    Random random(5);
    auto errors = any_errors(random, 500);
    errors.push_back(0);
    const ErrorTally all = tally_of(errors);
    const ErrorTally again = ErrorTally::of(all.bins(), all.largest());
    CHECK(again.bins() == all.bins());
    CHECK(again.count() == all.count());
    for (const double share : shares) {
        CHECK(again.quantile(share) == all.quantile(share));
    }
    CHECK(again.in_decade(ErrorTally::first_decade) == all.in_decade(ErrorTally::first_decade));
    CHECK_THROWS_AS(ErrorTally::of({{ErrorTally::bins_per_decade * ErrorTally::decades, 1}}, 1),
                    std::out_of_range);
}
