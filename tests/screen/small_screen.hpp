// What `ncverify screen` writes, small.
#pragma once

#include <nlohmann/json.hpp>

namespace ncverify::screen {

/// Of `configurations` cases one is a suspect.
inline nlohmann::ordered_json small_screen(int seed, int configurations) {
    return {{"device", "cpu"},
            {"engine", "avx2"},
            {"precision", "float32"},
            {"seed", seed},
            {"shape", nullptr},
            {"configurations", configurations},
            {"evaluations", 50 * configurations},
            {"revived_from_local_minima", 3},
            {"local_minima", 1},
            {"stagnated", 0},
            {"exhausted", 0},
            {"interrupted", false},
            {"claims",
             {{{"id", "thm1.c"},
               {"checked", configurations},
               {"unresolved", 2},
               {"max_error", "3.1e-05"},
               {"p99", "2e-06"},
               {"suspects", 1},
               {"confirmed", 0},
               {"histogram", {{"1e-7", 990}, {"1e-5", configurations - 990}}}}}},
            {"rejudged", 1},
            {"reasons", {{"ill-conditioned", 1}}}};
}

}  // namespace ncverify::screen
