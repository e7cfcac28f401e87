// Case key: what a case is made of, and the token that replays it.
#pragma once

#include <any>
#include <cstdint>
#include <string>
#include <utility>

namespace ncverify::trial {

struct Paper;

/// One instance of the problem that a paper is about. What it holds only the paper knows: the engine copies
/// it, and has the paper print, parse, order and simplify it (paper.hpp).
using Instance = std::any;

/// What a case is made of; everything random in it derives from the seed.
struct CaseKey {
    Instance instance;
    std::uint64_t seed = 1;
    long digits = 50;  ///< that comparisons must resolve
    std::string method =
        {};  ///< how the paper's witnesses go about it, one of Paper::methods; empty: the first
};

/// A token that replays one claim on one case on any machine: one shell word, readable. It carries the method
/// where that is not the usual one.
std::string replay_token(const Paper& paper, const std::string& claim, const CaseKey& key);
/// The claim and the case of a token; throws InputError for anything that is not one.
std::pair<std::string, CaseKey> parse_replay_token(const Paper& paper, const std::string& token);

}  // namespace ncverify::trial
