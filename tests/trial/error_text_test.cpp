#include "trial/error_text.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace ncverify::trial;

TEST_CASE("every text of an error bound reads back as itself, at any exponent") {
    long different = 0;
    for (const long exponent : {-999'999L, -65'536L, -1000L, -51L, -10L, -1L, 0L, 3L, 300L, 99'999L}) {
        for (int tenths = 10; tenths < 100; ++tenths) {
            const std::string text = std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "e" +
                                     (exponent < 0 ? "" : "+") + std::to_string(exponent);
            different += error_text(parse_error_text(text)) == text ? 0 : 1;
        }
    }
    CHECK(different == 0);
    CHECK(error_text(parse_error_text("0")) == "0");
}
