// Word sequence: run lengths as JSON, short and still to be read.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "files/json.hpp"
#include "trial/run_lengths.hpp"

namespace ncverify::trial {

/// A sequence of numbers of words, and the words.
struct WordSequence {
    std::vector<std::string> words;
    RunLengths<std::size_t> places;
};

/// {"words": "s d70 d71", "runs": "3ab12c"}: letters stand for the words in their order, a count before a
/// letter repeats it, each + before it means 52 words further on.
Json to_json(const WordSequence& sequence);

/// What `to_json` made of a sequence of `size`; throws InputError or nlohmann's exceptions for anything else.
/// @param budget  how many runs may still be read; it is lowered by what is
WordSequence parse_word_sequence(const Json& json, long size, long& budget);

/// The sequence as JSON, each value by its `word`.
template <typename Value, typename Word>
Json to_json(const RunLengths<Value>& sequence, Word word) {
    WordSequence written;
    std::map<Value, std::size_t> places;
    sequence.each([&](const Value& value, long begin, long end) {
        const auto [place, added] = places.emplace(value, places.size());
        if (added) {
            written.words.push_back(word(value));
        }
        written.places.append(place->second, end - begin);
    });
    return to_json(written);
}

/// What that made; `parse` is the inverse of `word` and throws InputError.
template <typename Value, typename Parse>
RunLengths<Value> parse_run_lengths(const Json& json, long size, long& budget, Parse parse) {
    const WordSequence read = parse_word_sequence(json, size, budget);
    std::vector<Value> values;
    for (const std::string& word : read.words) {
        values.push_back(parse(word));
    }
    RunLengths<Value> sequence;
    read.places.each(
        [&](std::size_t place, long begin, long end) { sequence.append(values[place], end - begin); });
    return sequence;
}

}  // namespace ncverify::trial
