#include "trial/distribution.hpp"

#include <algorithm>
#include <cmath>

#include "trial/error_text.hpp"

namespace ncverify::trial {

namespace {

bool harder(const HardCase& one, const HardCase& other) {
    if (one.slack && other.slack) {
        return *one.slack < *other.slack;
    }
    return one.error_log10 > other.error_log10;
}

}  // namespace

void Distribution::add(const CaseKey& key, const Observation& observation) {
    const bool inexact = observation.error_log10 > exact_log10;
    if (observation.slack) {
        if (*observation.slack > 0) {
            ++decades[static_cast<long>(std::floor(std::log10(*observation.slack)))];
        } else {
            ++tight;
        }
    } else if (inexact) {
        ++digits[std::isfinite(observation.error_log10)
                     ? std::max(0L, static_cast<long>(std::floor(-observation.error_log10)))
                     : 0];
    } else {
        ++exact;
    }
    if (!observation.slack && !inexact) {
        return;  // an exact comparison is not hard in any degree
    }
    keep({key, observation.error_log10, observation.slack});
}

void Distribution::keep(const HardCase& hard) {
    hardest.insert(std::upper_bound(hardest.begin(), hardest.end(), hard, harder), hard);
    if (hardest.size() > most_hard_cases) {
        hardest.pop_back();
    }
}

}  // namespace ncverify::trial
