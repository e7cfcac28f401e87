// Suspects re-judged: by the arbitrary-precision solver, its certificate and the registry's own checks.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "problem/configuration.hpp"
#include "properties/paper.hpp"
#include "screen/screen.hpp"
#include "trial/case_key.hpp"
#include "trial/paper.hpp"

namespace ncverify::screen {

/// Why a suspect stood out, in the order of their names.
enum class Reason {
    confirmed,        ///< some claim beyond its tolerance is refuted
    ill_conditioned,  ///< so flat a minimum that the float path's point is far from it
    local_minimum,    ///< dead classes: the float path ended in another minimum, of which nothing is claimed
    not_converged,    ///< the float path gave up before its gradient was small
    shared_coordinates,  ///< the float path ended where some coordinate serves two classes
    unexplained  ///< none of these, no certified minimum to compare with, or a claim that stays undecided
};
inline constexpr std::array all_reasons{Reason::confirmed,          Reason::ill_conditioned,
                                        Reason::local_minimum,      Reason::not_converged,
                                        Reason::shared_coordinates, Reason::unexplained};

/// "confirmed", "ill-conditioned", "local minimum", ..: the words of screen.json.
std::string to_string(Reason reason);

/// What the arbitrary-precision path says of one suspect.
struct Ruling {
    Suspect suspect;
    Configuration configuration;
    bool certified = false;            ///< the configuration's global minimum was found and proven
    std::vector<std::size_t> refuted;  ///< of ScreenOptions::claims, those tried that are refuted there
    std::vector<std::size_t> undecided = {};  ///< and those that no precision of a trial decides
    Reason reason = Reason::unexplained;
};

/// The sample as exact data.
Configuration configuration_of(const Sample& sample);

/// The registry's case that such a suspect of a screen is judged as.
trial::CaseKey judged_case(const ScreenOptions& options, std::uint64_t number,
                           const Configuration& configuration, long digits);

/// The classes of a set of bits, counted from 1.
std::vector<long> classes_of(std::uint32_t bits);

/// The suspects to be judged again: all that exceed a claim or ended elsewhere; of a misreading, which is
/// wrong in every case, a few.
std::vector<Suspect> to_rejudge(const ScreenResult& result, const ScreenOptions& options);

/// Solves each suspect again at `digits` digits, certifies it, and puts the claims that it exceeded on trial
/// there. Local minima and unconverged cases, of which no claim was judged, are tried by all claims of
/// Theorem 1. Stops early, with fewer rulings, where `stop` becomes true. Each ruling is told to `ruled` when
/// it is made, one at a time and in any order. They are tried as in any trial, at rising precision.
/// @param paper  whose claims of the screen's identifiers are judges
std::vector<Ruling> rejudge(const std::vector<Suspect>& suspects, const ScreenOptions& options, long digits,
                            const std::atomic<bool>& stop,
                            const std::function<void(const Ruling&)>& ruled = {},
                            const trial::Paper& paper = properties::paper());

}  // namespace ncverify::screen
