// Configurations as the engine's instances: read as reports print them, shown as formulas.
#include <catch2/catch.hpp>

#include "problem/configuration.hpp"
#include "problem/errors.hpp"
#include "properties/paper.hpp"

using namespace ncverify;

namespace {

const trial::InstanceKind& instances() {
    return properties::paper().instances;
}

std::string tex_of_decay(const std::string& lambda_w) {
    return instances().tex(make_configuration({1, 2}, lambda_w, "1")).at(1);
}

}  // namespace

TEST_CASE("a configuration is read as a report prints it, and refused as input is") {
    const std::string text = "--counts 3,50,700 --lambda-w 1/3000 --lambda-h 2e-4 --dim 7";
    CHECK(instances().text(instances().parse_text(text)) == text);
    for (const std::string dimension : {"x", "0", "-3", "1e3", "7x", "99999999999999999999"}) {
        INFO(dimension);
        CHECK_THROWS_AS(instances().parse_text("--counts 3,50 --lambda-w 1 --lambda-h 1 --dim " + dimension),
                        InputError);
    }
    CHECK_THROWS_AS(instances().parse_text(""), InputError);
    CHECK_THROWS_AS(instances().parse_text("--counts"), InputError);
}

TEST_CASE("a weight decay is shown as a fraction or a power of ten, however long it is written") {
    CHECK(tex_of_decay("1/500") == R"(\lambda_W=1\,/\,500)");
    CHECK(tex_of_decay("1e-4") == R"(\lambda_W=10^{-4})");
    CHECK(tex_of_decay("1.00E-04") == R"(\lambda_W=10^{-4})");
    CHECK(tex_of_decay("2.5e+3") == R"(\lambda_W=2.5\cdot10^{3})");
    CHECK(tex_of_decay("0.02") == R"(\lambda_W=0.02)");
    std::string beyond_double(401, '0'), long_one(60'001, '0');
    beyond_double.front() = '2';
    long_one.back() = '1';
    CHECK(tex_of_decay(beyond_double + "e-402") == R"(\lambda_W=)" + beyond_double + R"(\cdot10^{-402})");
    CHECK(tex_of_decay(long_one + "e-2") == R"(\lambda_W=10^{-2})");
}
