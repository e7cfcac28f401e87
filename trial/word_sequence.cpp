#include "trial/word_sequence.hpp"

#include "files/json_text.hpp"
#include "problem/errors.hpp"

namespace ncverify::trial {

namespace {

constexpr const char* where = "the ledger";
constexpr std::size_t letters = 52;
constexpr std::size_t longest_count = 13;  // digits of 1e12

char letter(std::size_t number) {
    return static_cast<char>(number < letters / 2 ? 'a' + number : 'A' + (number - letters / 2));
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

}  // namespace

Json to_json(const WordSequence& sequence) {
    std::string words, runs;
    for (const std::string& word : sequence.words) {
        words += (words.empty() ? "" : " ") + word;
    }
    sequence.places.each([&](std::size_t place, long begin, long end) {
        const std::string name = std::string(place / letters, '+') + letter(place % letters);
        runs += end - begin == 1 ? name : std::to_string(end - begin) + name;
    });
    return {{"words", words}, {"runs", runs}};
}

WordSequence parse_word_sequence(const Json& json, long size, long& budget) {
    WordSequence sequence;
    sequence.words = split(json.at("words").get<std::string>());
    const auto runs = json.at("runs").get<std::string>();
    const auto refuse = [](const std::string& problem) {
        throw InputError(problem, where, "runs such as 3ab12c, a letter for each word");
    };
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const std::size_t count_end = std::min(runs.find_first_not_of("0123456789", i), runs.size());
        const std::size_t name = std::min(runs.find_first_not_of('+', count_end), runs.size());
        const std::size_t digits = count_end - i;
        if (name == runs.size() || digits > longest_count || --budget < 0) {
            refuse(budget < 0 ? "it is too long" : "a run is none");
        }
        const char character = runs[name];
        const bool small = 'a' <= character && character <= 'z', large = 'A' <= character && character <= 'Z';
        const std::size_t place = (name - count_end) * letters +
                                  static_cast<std::size_t>(small ? character - 'a' : character - 'A' + 26);
        const long length = digits == 0 ? 1 : std::stol(runs.substr(i, digits));
        if (!(small || large) || place >= sequence.words.size() || length < 1 ||
            length > size - sequence.places.size()) {
            refuse("a run is none");
        }
        sequence.places.append(place, length);
        i = name;
    }
    if (sequence.places.size() != size) {
        refuse("a sequence has " + std::to_string(sequence.places.size()) + " entries for " +
               std::to_string(size) + " cases");
    }
    return sequence;
}

}  // namespace ncverify::trial
