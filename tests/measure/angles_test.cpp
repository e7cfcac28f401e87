// Angles from Gram matrices, and numbers as text.
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
    const auto range = angles(gram);
    REQUIRE(range);
    CHECK(range->smallest == Approx(45));
    CHECK(range->largest == Approx(90));
    CHECK(range->mean == Approx(60));  // 45, 45 and 90
    CHECK_FALSE(angles(Matrix<double>::Zero(3, 3)));
}

TEST_CASE("the theorem's angles leave out classes without a partner and rows that are zero") {
    theory::PrintedForm form;
    form.groups.resize(2);
    form.group = {0, 1, 1};
    form.cosine = {{"0.9", "-0.5"}, {"-0.5", "0"}};
    CHECK(predicted_angles(form)->first == Approx(90));  // 0.9 is a single class beside itself
    CHECK(predicted_angles(form)->second == Approx(120));
    form.cosine = {{"", ""}, {"", ""}};
    CHECK_FALSE(predicted_angles(form));
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
