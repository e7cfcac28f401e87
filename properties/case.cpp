#include "properties/case.hpp"

#include <vector>

#include "problem/errors.hpp"
#include "properties/certified.hpp"

namespace ncverify::properties {

namespace {
constexpr const char* token_mark = "ncv1";
constexpr const char* token_expected =
    "a token that `verify` printed, ncv1:CLAIM:DIGITS:SEED:COUNTS:LAMBDA_W:LAMBDA_H:DIM";
}  // namespace

std::string replay_token(const std::string& claim, const CaseKey& key) {
    return std::string(token_mark) + ":" + claim + ":" + std::to_string(key.digits) + ":" +
           std::to_string(key.seed) + ":" + counts_text(key.configuration.counts) + ":" +
           to_string(key.configuration.lambda_w) + ":" + to_string(key.configuration.lambda_h) + ":" +
           std::to_string(key.configuration.dimension);
}

std::pair<std::string, CaseKey> parse_replay_token(const std::string& token) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= token.size();) {
        const std::size_t end = std::min(token.find(':', begin), token.size());
        parts.push_back(token.substr(begin, end - begin));
        begin = end + 1;
    }
    const auto number = [&](const std::string& text, std::size_t longest) {
        if (text.empty() || text.size() > longest ||
            text.find_first_not_of("0123456789") != std::string::npos) {
            throw InputError("'" + printable(text) + "' is not a number", "--replay", token_expected);
        }
        return Integer(text);
    };
    if (parts.size() != 8 || parts[0] != token_mark) {
        throw InputError("'" + printable(token) + "' is not a token", "--replay", token_expected);
    }
    CaseKey key;
    const Integer digits = number(parts[2], 6), seed = number(parts[3], 20), dimension = number(parts[7], 10);
    if (digits < 1 || digits > 100000 || seed > Integer("18446744073709551615") || dimension < 1) {
        throw InputError("a number is out of range", "--replay", token_expected);
    }
    key.digits = static_cast<long>(digits);
    key.seed = static_cast<std::uint64_t>(seed);
    key.configuration = make_configuration(parse_counts(parts[4], "--replay"), parts[5], parts[6],
                                           static_cast<long long>(dimension));
    return {parts[1], key};
}

long comparison_digits(const CaseKey& key, int raise) {
    return (2 * key.digits + 30) << raise;
}

Case build_case(const CaseKey& key, int raise, solvers::SearchMethod search) {
    Case result;
    result.key = key;
    solvers::SolveOptions options;
    options.digits = comparison_digits(key, raise);
    options.seed = key.seed;
    options.search = search;
    const CertifiedSolution solved = solve_and_certify(key.configuration, options);
    result.solver.certified = solved.solution.status == "certified";
    result.solver.starts = static_cast<long>(solved.solution.starts.size());
    for (const solvers::StartRecord& start : solved.solution.starts) {
        result.solver.local_minima +=
            static_cast<long>(start.met.size()) + (start.outcome == "local" ? 1 : 0);
    }
    result.closed_form = theory::closed_form(key.configuration);
    result.bounds = certificates::implied_bounds(key.configuration, solved.solution.slopes,
                                                 solved.bounds.upper, solved.bounds.lower);
    return result;
}

}  // namespace ncverify::properties
