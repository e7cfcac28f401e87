// The pieces that ledgers are made of: marks, run lengths, and both as text.
#include "trial/ledger.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <limits>

#include "problem/errors.hpp"
#include "trial/word_sequence.hpp"

using namespace ncverify;
using namespace ncverify::trial;

namespace {

Observation passed(double error_log10, std::optional<double> slack = std::nullopt) {
    Observation made;
    made.outcome = Outcome::passed;
    made.error_log10 = error_log10;
    made.slack = slack;
    return made;
}

std::string word(int number) {
    return "w" + std::to_string(number);
}

int number_of(const std::string& text) {
    return std::stoi(text.substr(1));
}

std::vector<int> spread(const RunLengths<int>& sequence) {
    std::vector<int> all;
    sequence.each([&](int value, long begin, long end) {
        CHECK(begin == static_cast<long>(all.size()));
        all.insert(all.end(), static_cast<std::size_t>(end - begin), value);
    });
    return all;
}

RunLengths<int> lengths_of(const std::vector<int>& values) {
    RunLengths<int> sequence;
    for (const int value : values) {
        sequence.append(value);
    }
    return sequence;
}

}  // namespace

TEST_CASE("a mark says as much of an observation as its claim's counts and distribution do, and reads back") {
    constexpr double inf = std::numeric_limits<double>::infinity();
    Observation other;
    CHECK(to_string(mark_of(other)) == "s");
    other.outcome = Outcome::refuted;
    CHECK(to_string(mark_of(other)) == "r");
    other.outcome = Outcome::inconclusive;
    CHECK(to_string(mark_of(other)) == "i");
    for (const auto& [observation, text] : {std::pair{passed(-1e300), "x"},
                                            {passed(-50.5), "d50"},
                                            {passed(-50), "d50"},
                                            {passed(0.7), "d0"},
                                            {passed(inf), "d0"},
                                            {passed(-40, 0.0), "t"},
                                            {passed(-40, -1e-60), "t"},
                                            {passed(-1e300, 0.02), "h-2"},
                                            {passed(-1e300, 250.0), "h2"},
                                            {passed(-1e300, inf), "h308"}}) {
        CHECK(to_string(mark_of(observation)) == text);
        CHECK(parse_mark(text) == mark_of(observation));
        CHECK(mark_of(observation).passed());
    }
    CHECK(parse_mark("-") == Mark{});
    for (const char* none : {"", "q", "d", "d-", "dx", "d01", "d123456789", "s1", "r ", "--"}) {
        CHECK_THROWS_AS(parse_mark(none), InputError);
    }
}

TEST_CASE("run lengths hold any sequence, and combine, split and print place by place") {
    rc::prop("two sequences", [] {
        const auto values = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4));
        const auto others = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4));
        const RunLengths<int> sequence = lengths_of(values);
        RC_ASSERT(spread(sequence) == values);
        RC_ASSERT(sequence.size() == static_cast<long>(values.size()));
        for (std::size_t i = 0; i < values.size(); ++i) {
            RC_ASSERT(sequence.at(static_cast<long>(i)) == values[i]);
        }
        const auto begin = *rc::gen::inRange<std::size_t>(0, values.size() + 1);
        RC_ASSERT(spread(sequence.from(static_cast<long>(begin))) ==
                  std::vector<int>(values.begin() + static_cast<std::ptrdiff_t>(begin), values.end()));
        std::vector<int> sums(std::max(values.size(), others.size()));
        for (std::size_t i = 0; i < sums.size(); ++i) {
            sums[i] = (i < values.size() ? values[i] : 0) + (i < others.size() ? others[i] : 0);
        }
        RC_ASSERT(spread(together(sequence, lengths_of(others), std::plus<>())) == sums);
    });
    rc::prop("as text", [] {
        const auto values = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 200));
        const RunLengths<int> sequence = lengths_of(values);
        long budget = static_cast<long>(sequence.runs().size());
        const auto size = static_cast<long>(values.size());
        const Json json = Json::parse(to_json(sequence, word).dump());
        RC_ASSERT(spread(parse_run_lengths<int>(json, size, budget, number_of)) == values);
        RC_ASSERT(budget == 0);
        budget = static_cast<long>(sequence.runs().size()) - 1;
        if (size > 0) {
            RC_ASSERT_THROWS_AS(parse_run_lengths<int>(json, size, budget, number_of), InputError);
        }
    });
}

TEST_CASE("run lengths as text are short") {
    RunLengths<int> sequence;
    sequence.append(1, 2899);
    sequence.append(5);
    sequence.append(1);
    CHECK(to_json(sequence, word).dump() == R"({"words":"w1 w5","runs":"2899aba"})");
    RunLengths<int> many;
    for (int i = 0; i < 54; ++i) {
        many.append(i);
    }
    const std::string runs = to_json(many, word)["runs"];
    CHECK(runs == "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+a+b");
}
