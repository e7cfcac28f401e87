#include "problem/suggestion.hpp"

#include <algorithm>

namespace ncverify {

namespace {

constexpr std::size_t longest_word = 64;  // longer ones are no slips of the finger

// Edits between two words, neighbours swapped counting as one (optimal string alignment).
std::size_t edits(const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> least(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                least[i][j] = i + j;
                continue;
            }
            least[i][j] = std::min({least[i - 1][j] + 1, least[i][j - 1] + 1,
                                    least[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                least[i][j] = std::min(least[i][j], least[i - 2][j - 2] + 1);
            }
        }
    }
    return least[a.size()][b.size()];
}

}  // namespace

std::string suggestion(const std::string& given, const std::vector<std::string>& known) {
    if (given.empty() || given.size() > longest_word) {
        return "";
    }
    const std::string* nearest = nullptr;
    std::size_t fewest = std::max<std::size_t>(1, given.size() / 3) + 1;
    for (const std::string& word : known) {
        if (word.size() > longest_word) {
            continue;
        }
        const std::size_t count = edits(given, word);
        if (count < fewest) {
            fewest = count;
            nearest = &word;
        }
    }
    return nearest == nullptr ? "" : " (did you mean " + *nearest + "?)";
}

}  // namespace ncverify
