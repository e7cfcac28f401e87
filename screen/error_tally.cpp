#include "screen/error_tally.hpp"

#include <algorithm>
#include <cmath>

namespace ncverify::screen {

ErrorTally ErrorTally::of(const std::map<int, long>& bins, double largest) {
    ErrorTally tally;
    tally.largest_ = largest;
    for (const auto& [bin, count] : bins) {
        (bin == -1 ? tally.tiny_ : tally.bins_.at(static_cast<std::size_t>(bin))) = count;
        tally.count_ += count;
    }
    return tally;
}

std::map<int, long> ErrorTally::bins() const {
    std::map<int, long> counts;
    if (tiny_ > 0) {
        counts[-1] = tiny_;
    }
    for (std::size_t i = 0; i < bins_.size(); ++i) {
        if (bins_[i] > 0) {
            counts[static_cast<int>(i)] = bins_[i];
        }
    }
    return counts;
}

void ErrorTally::add(double error) {
    ++count_;
    largest_ = std::max(largest_, error);
    if (error < 1e-18) {
        ++tiny_;
        return;
    }
    const double place = (std::log10(error) - first_decade) * bins_per_decade;
    const auto last = static_cast<double>(bins_.size() - 1);
    ++bins_[static_cast<std::size_t>(std::clamp(place, 0.0, last))];
}

void ErrorTally::merge(const ErrorTally& other) {
    for (std::size_t i = 0; i < bins_.size(); ++i) {
        bins_[i] += other.bins_[i];
    }
    count_ += other.count_;
    tiny_ += other.tiny_;
    largest_ = std::max(largest_, other.largest_);
}

double ErrorTally::quantile(double share) const {
    const auto wanted = static_cast<long>(std::ceil(share * static_cast<double>(count_)));
    long below = tiny_;
    if (below >= wanted) {
        return 0;
    }
    for (std::size_t i = 0; i < bins_.size(); ++i) {
        below += bins_[i];
        if (below >= wanted) {
            const double edge = static_cast<double>(i + 1) / bins_per_decade + first_decade;
            return std::min(largest_, std::pow(10.0, edge));
        }
    }
    return largest_;
}

long ErrorTally::in_decade(int decade) const {
    long sum = decade == first_decade ? tiny_ : 0;
    for (int bin = 0; bin < bins_per_decade; ++bin) {
        sum += bins_[static_cast<std::size_t>((decade - first_decade) * bins_per_decade + bin)];
    }
    return sum;
}

}  // namespace ncverify::screen
