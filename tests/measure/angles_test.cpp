// Angles, and numbers as text.
#include "measure/angles.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "measure/number_text.hpp"

using namespace ncverify;
using namespace ncverify::measure;

TEST_CASE("angles are those between vectors that have a length") {
    Matrix<double> vectors(2, 4);
    vectors << 1, 1e200, 0, 0, 0, 1e200, 0, 2e200;  // in columns (1, 0), (1, 1) 1e200, (0, 0), (0, 2) 1e200
    vectors /= 1e100;                               // so that squares fit, and their products do not
    const Matrix<double> gram = vectors.transpose() * vectors;
    CHECK(cosine(gram, 0, 1).value() == Approx(std::sqrt(0.5)));
    CHECK_FALSE(cosine(gram, 0, 2));
    const auto range = angles(vectors, gram);
    REQUIRE(range);
    CHECK(range->smallest == Approx(45));
    CHECK(range->largest == Approx(90));
    CHECK(range->mean == Approx(60));  // 45, 45 and 90
    CHECK_FALSE(angles(Matrix<double>::Zero(2, 3), Matrix<double>::Zero(3, 3)));
}

TEST_CASE("small angles, and those just below 180 degrees, are not lost") {
    for (const double angle : {1e-3, 1e-7, 3.7e-10, 1e-17, 1e-40, 1e-100}) {
        for (const double sign : {1.0, -1.0}) {
            Matrix<double> vectors(3, 2);
            vectors << 3, sign * 3, 0, 3 * angle, 1e-3, sign * 1e-3;
            const double length = std::hypot(3, 1e-3);
            const auto range = angles(vectors, vectors.transpose() * vectors);
            REQUIRE(range);
            const double between = range->smallest * 3.141592653589793 / 180;
            const double expected = std::atan2(3 * angle, length);
            INFO("angle " << angle << ", sign " << sign);
            CHECK((sign > 0 ? between : 3.141592653589793 - between) ==
                  Approx(expected).epsilon(1e-14).margin(sign > 0 ? 0 : 1e-15));
        }
    }
}

TEST_CASE("the theorem's angles leave out classes without a partner, and do not lose small ones") {
    // Balanced: a simplex, cos = -1/(K-1).
    const auto simplex = predicted_angles(make_configuration({10, 10, 10}, "1e-4", "1e-4", 3));
    CHECK(simplex->first == Approx(120).epsilon(1e-15));
    CHECK(simplex->second == Approx(120).epsilon(1e-15));
    // T = 4: the classes of 1 and of 2 collapse, and their classifiers are equal.
    const auto minority = predicted_angles(make_configuration({1, 2, 100, 100}, "1/40803", "3", 4));
    CHECK(minority->first == 0);
    // Two classes, and one of each size: opposite ones.
    CHECK(predicted_angles(make_configuration({5, 9}, "1e-2", "1e-2", 2))->first ==
          Approx(180).epsilon(1e-15));
    CHECK_FALSE(predicted_angles(make_configuration({1, 1, 1}, "10", "10", 3)));
    // Just above the threshold T = 1 - 10^-40 margins a are about that small, and angles about sqrt(a).
    const std::string below = "0." + std::string(40, '9');
    const auto near = predicted_angles(make_configuration({1, 1, 1000, 1000}, below, "3/16032016", 4));
    REQUIRE(near);
    CHECK(near->first > 1e-22);
    CHECK(near->first < 1e-17);
}

TEST_CASE("shares say none and all only of none and all") {
    CHECK(share_text(0, 5) == "0 %");
    CHECK(share_text(5, 0) == "100 %");
    CHECK(share_text(0, 0) == "-");
    CHECK(share_text(1, 7) == "12.5 %");
    CHECK(share_text(1, 1) == "50 %");
    CHECK(share_text(199999, 1) == "99.9995 %");
    CHECK(share_text(1, 199999) == "0.0005 %");
    CHECK(share_text(999999999, 1) == "more than 99.999999 %");
    CHECK(share_text(1, 1e300) == "less than 0.000001 %");
    CHECK(share_text(1, 1e-300) == "more than 99.999999 %");  // 1 in double precision
    for (double rest = 1; rest < 1e12; rest *= 1.7) {
        CHECK(share_text(1, rest).substr(0, 3) != "0 %");
        CHECK(share_text(rest, 1).substr(0, 3) != "100");
    }
    const PrecisionScope precision(40);
    CHECK(share_text(Enclosure(1), Enclosure(7)) == "12.5 %");
    CHECK(share_text(Enclosure(-1), Enclosure(7)).empty());
    CHECK(share_text(Enclosure(0), Enclosure(0)).empty());
}

TEST_CASE("a double's text reads back, and what is no number has none") {
    CHECK(number_text(0.1) == "0.1");
    CHECK(number_text(0.1 + 0.2) == "0.30000000000000004");
    CHECK_FALSE(number_text(std::numeric_limits<double>::infinity()));
    CHECK_FALSE(number_text(std::nan("")));
    CHECK_FALSE(number_text(std::nullopt));
    const PrecisionScope precision(40);
    CHECK(number_text(Enclosure(1) / Enclosure(3)) == "3.3333333333333333e-1");
}
