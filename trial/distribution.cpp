#include "trial/distribution.hpp"

#include <algorithm>

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
    count(mark_of(observation), 1);
    see(key, observation);
}

void Distribution::see(const CaseKey& key, const Observation& observation) {
    if (mark_of(observation).kind != Mark::Kind::exact) {  // which is not hard in any degree
        keep({key, observation.error_log10, observation.slack});
    }
}

void Distribution::count(const Mark& mark, long cases) {
    switch (mark.kind) {
        case Mark::Kind::exact:
            exact += cases;
            break;
        case Mark::Kind::tight:
            tight += cases;
            break;
        case Mark::Kind::digits:
            digits[mark.value] += cases;
            break;
        case Mark::Kind::decade:
            decades[mark.value] += cases;
            break;
        default:
            break;
    }
}

void Distribution::keep(const HardCase& hard) {
    hardest.insert(std::upper_bound(hardest.begin(), hardest.end(), hard, harder), hard);
    if (hardest.size() > most_hard_cases) {
        hardest.pop_back();
    }
}

}  // namespace ncverify::trial
