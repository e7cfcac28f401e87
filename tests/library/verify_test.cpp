#include "ncverify/verify.hpp"

#include <catch2/catch.hpp>

using namespace ncverify::api;

TEST_CASE("library: claims are tried at one configuration, in the paper's order") {
    const Configuration small{.counts = {3, 4, 9, 9, 20}, .lambda_w = "1/10", .lambda_h = "15e-3"};
    const auto verdicts = verify(small, {.digits = 20, .claims = "thm1.b,misread.eq9"});
    REQUIRE(verdicts.size() == 2);
    CHECK(verdicts[0].id == "thm1.b");
    CHECK(verdicts[0].verdict == Verdict::verified);
    CHECK(verdicts[0].evidence == Evidence::certified);
    CHECK(verdicts[1].kind == Kind::misreading);
    CHECK(verdicts[1].verdict == Verdict::refuted);
    CHECK_FALSE(verdicts[1].values.empty());
    CHECK(to_json(verdicts).find("\"worst_error\"") != std::string::npos);
    CHECK(verdicts[1].replay.starts_with("ncv1:misread.eq9:"));
    CHECK_THROWS_AS(verify(small, {.claims = "nonsense"}), ncverify::InputError);
}
