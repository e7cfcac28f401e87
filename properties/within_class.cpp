#include "properties/within_class.hpp"

#include "certificates/check.hpp"

namespace ncverify::properties {

namespace {

constexpr long largest_exponent = 1'000'000;

// Whether rows [begin, end) hold the same text: then they are equal, which at 10000 samples saves much.
bool same_text(const certificates::TextRows& rows, std::size_t begin, std::size_t end, std::size_t i) {
    for (std::size_t j = begin + 1; j < end; ++j) {
        if (!(rows[j][i] == rows[begin][i])) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::string within_class_spread(const certificates::Certificate& certificate, long digits) {
    const auto& rows = certificate.features;
    Rational largest(0);
    std::size_t begin = 0;
    for (const long long count : certificate.configuration.counts) {
        const std::size_t end = begin + static_cast<std::size_t>(count);
        std::vector<Rational> squares(static_cast<std::size_t>(count), Rational(0));
        for (std::size_t i = 0; i < rows[begin].size(); ++i) {
            if (same_text(rows, begin, end, i)) {
                continue;
            }
            std::vector<Rational> entries;
            Rational sum(0);
            for (std::size_t j = begin; j < end; ++j) {
                entries.push_back(parse_rational(rows[j][i], "features", largest_exponent));
                sum += entries.back();
            }
            const Rational mean = sum / count;
            for (std::size_t j = 0; j < entries.size(); ++j) {
                const Rational off = entries[j] - mean;
                squares[j] += off * off;
            }
        }
        for (const Rational& square : squares) {
            largest = std::max(largest, square);
        }
        begin = end;
    }
    return certificates::outward(sqrt_of_nonnegative(from_rational<Enclosure>(largest)), digits, true);
}

}  // namespace ncverify::properties
