#include "files/element_type.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

using namespace ncverify::files;

namespace {

template <typename Bits>
double value_of(ElementKind kind, Bits bits, bool big_endian) {
    std::byte place[sizeof bits];
    std::memcpy(place, &bits, sizeof bits);
    if (big_endian) {
        std::reverse(place, place + sizeof bits);
    }
    double value = 0;
    to_doubles({kind, sizeof bits, big_endian}, place, {sizeof bits, sizeof bits}, 1, 1, &value);
    return value;
}

bool same(double a, double b) {
    return std::isnan(a) ? std::isnan(b) : a == b && std::signbit(a) == std::signbit(b);
}

template <typename Number>
std::optional<long long> whole_of(ElementKind kind, Number number, bool big_endian) {
    std::byte place[sizeof number];
    std::memcpy(place, &number, sizeof number);
    if (big_endian) {
        std::reverse(place, place + sizeof number);
    }
    return to_whole_number({kind, sizeof number, big_endian}, place);
}

}  // namespace

TEST_CASE("every half and bfloat16 has its value, in either byte order") {
    long wrong = 0;
    for (unsigned bits = 0; bits < 65536; ++bits) {
        const auto half = static_cast<std::uint16_t>(bits);
        const auto expected = static_cast<double>(static_cast<float>(std::bit_cast<Eigen::half>(half)));
        const auto brain = static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16));
        for (const bool big_endian : {false, true}) {
            wrong += same(value_of(ElementKind::floating, half, big_endian), expected) ? 0 : 1;
            wrong += same(value_of(ElementKind::brain_floating, half, big_endian), brain) ? 0 : 1;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("a block is read along rows or columns") {
    const std::vector<float> stored = {1, 2, 3, 4, 5, 6};
    const auto* bytes = reinterpret_cast<const std::byte*>(stored.data());
    const ElementType type{ElementKind::floating, 4, false};
    std::vector<double> values(6);
    to_doubles(type, bytes, {12, 4}, 2, 3, values.data());
    CHECK(values == std::vector<double>{1, 2, 3, 4, 5, 6});
    to_doubles(type, bytes, {4, 8}, 2, 3, values.data());
    CHECK(values == std::vector<double>{1, 3, 5, 2, 4, 6});
    to_doubles(type, bytes, {12, 4}, 2, 2, values.data());  // columns left out
    CHECK(std::vector<double>(values.begin(), values.begin() + 4) == std::vector<double>{1, 2, 4, 5});
}

TEST_CASE("whole numbers are whole, or nothing") {
    for (const bool big_endian : {false, true}) {
        const auto is = [&](ElementKind kind, auto number) { return whole_of(kind, number, big_endian); };
        CHECK(is(ElementKind::signed_integer, std::int8_t{-128}) == -128);
        CHECK(is(ElementKind::unsigned_integer, std::uint8_t{200}) == 200);
        CHECK(is(ElementKind::signed_integer, std::int16_t{-300}) == -300);
        CHECK(is(ElementKind::unsigned_integer, std::uint32_t{4'000'000'000}) == 4'000'000'000);
        CHECK(is(ElementKind::signed_integer, std::numeric_limits<std::int64_t>::min()) ==
              std::numeric_limits<long long>::min());
        CHECK_FALSE(is(ElementKind::unsigned_integer, std::uint64_t{1} << 63));
        CHECK(is(ElementKind::floating, 3.0F) == 3);
        CHECK(is(ElementKind::floating, -0x1p63) == std::numeric_limits<long long>::min());
        CHECK_FALSE(is(ElementKind::floating, 0x1p63));
        CHECK_FALSE(is(ElementKind::floating, 2.5));
        CHECK_FALSE(is(ElementKind::floating, std::nan("")));
        CHECK_FALSE(is(ElementKind::floating, -HUGE_VAL));
        CHECK(is(ElementKind::boolean, std::uint8_t{1}) == 1);
        CHECK_FALSE(is(ElementKind::boolean, std::uint8_t{2}));
    }
}
