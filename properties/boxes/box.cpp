#include "properties/boxes/box.hpp"

#include <chrono>
#include <deque>
#include <optional>

namespace ncverify::properties {

namespace {

constexpr long working_digits = 40;
constexpr long shown_digits = 12;

Enclosure width(const Box& box) {
    Enclosure widest(0);
    for (const Interval& side : box) {
        const Enclosure length = (side.high - side.low).upper();
        if (certainly_less(widest, length)) {
            widest = length;
        }
    }
    return widest;
}

std::string describe(const BoxPart& part, const Box& box) {
    std::string text;
    for (std::size_t i = 0; i < box.size(); ++i) {
        text += (i == 0 ? "" : ", ") + part.parameters[i] + " in [" + box[i].low.text(shown_digits) + ", " +
                box[i].high.text(shown_digits) + "]";
    }
    return text;
}

// Both halves share the cut, so that together they cover the box.
std::pair<Box, Box> halves(const Box& box) {
    std::size_t widest = 0;
    for (std::size_t i = 1; i < box.size(); ++i) {
        if (certainly_less(box[widest].high - box[widest].low, box[i].high - box[i].low)) {
            widest = i;
        }
    }
    const Enclosure cut = box[widest].hull().midpoint();
    std::pair<Box, Box> result{box, box};
    result.first[widest].high = cut;
    result.second[widest].low = cut;
    return result;
}

PartProof prove_part(const BoxPart& part, long most_boxes) {
    PartProof proof;
    proof.domain = part.domain;
    std::deque<Box> open{part.box};  // breadth first: no corner can use up the budget
    std::optional<Enclosure> smallest;
    bool some_hold = false, some_fail = false;
    for (; !open.empty() && proof.boxes < most_boxes; ++proof.boxes) {
        const Box box = std::move(open.front());
        open.pop_front();
        const Decision decision = part.decide(box);
        some_hold = some_hold || decision == Decision::holds;
        if (decision == Decision::fails && !some_fail) {
            some_fail = true;
            proof.box = describe(part, box);
        }
        if (decision == Decision::unknown) {
            const Enclosure size = width(box);
            if (!some_fail && (!smallest || certainly_less(size, *smallest))) {
                smallest = size;
                proof.box = describe(part, box);
            }
            auto [first, second] = halves(box);
            open.push_back(std::move(first));
            open.push_back(std::move(second));
        }
    }
    if (some_fail) {
        proof.verdict = BoxVerdict::refuted;
        proof.everywhere = open.empty() && !some_hold;
    } else if (open.empty()) {
        proof.verdict = BoxVerdict::proved;
        proof.box.clear();
    }
    return proof;
}

}  // namespace

Interval interval(const Rational& low, const Rational& high) {
    return {from_rational<Enclosure>(low).lower(), from_rational<Enclosure>(high).upper()};
}

Decision positive(const Enclosure& low, const Enclosure& high) {
    if (certainly_positive(low)) {
        return Decision::holds;
    }
    return certainly_at_most(high, Enclosure(0)) ? Decision::fails : Decision::unknown;
}

BoxProof prove(const BoxStatement& statement, long most_boxes) {
    const auto start = std::chrono::steady_clock::now();
    const PrecisionScope scope(working_digits);
    BoxProof proof;
    proof.claim = statement.claim;
    proof.statement = statement.statement;
    proof.argument = statement.argument;
    const bool sound = !statement.algebra || statement.algebra();
    bool all = !statement.parts.empty(), any_refuted = false;
    for (const BoxPart& part : statement.parts) {
        const PartProof outcome = prove_part(part, most_boxes);
        proof.boxes += outcome.boxes;
        all = all && outcome.verdict == BoxVerdict::proved;
        any_refuted = any_refuted || outcome.verdict == BoxVerdict::refuted;
        proof.parts.push_back(outcome);
    }
    if (sound && (all || any_refuted)) {  // without the algebra the boxes are about something else
        proof.verdict = all ? BoxVerdict::proved : BoxVerdict::refuted;
    }
    proof.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return proof;
}

}  // namespace ncverify::properties
