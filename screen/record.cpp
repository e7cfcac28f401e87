#include "screen/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace ncverify::screen {

namespace {

ClaimRecord claim_record(const std::string& id, const ClaimTally& tally, long confirmed) {
    ClaimRecord record{.id = id,
                       .checked = tally.errors.count(),
                       .unresolved = tally.unresolved,
                       .max_error = real_text(tally.errors.largest()),
                       .p99 = real_text(tally.errors.quantile(0.99)),
                       .suspects = tally.suspects,
                       .confirmed = confirmed,
                       .histogram = {}};
    for (int i = 0; i < ErrorTally::decades; ++i) {
        const int decade = ErrorTally::first_decade + i;
        if (const long count = tally.errors.in_decade(decade); count > 0) {
            record.histogram[decade] = count;
        }
    }
    return record;
}

bool same_cases(const ScreenRecord& a, const ScreenRecord& b) {
    const auto same_shape = [](const std::optional<Shape>& x, const std::optional<Shape>& y) {
        return x.has_value() == y.has_value() &&
               (!x || (x->classes == y->classes && x->dimension == y->dimension));
    };
    return a.seed == b.seed && a.precision == b.precision && a.weighted == b.weighted &&
           same_shape(a.shape, b.shape);
}

// What stands against the paper: injected misreadings are wrong by intent.
long against(const ScreenRecord& record) {
    const auto found = record.reasons.find(Reason::unexplained);
    long count = found == record.reasons.end() ? 0 : found->second;
    for (const ClaimRecord& claim : record.claims) {
        count += is_misreading(claim.id) ? 0 : claim.confirmed;
    }
    return count;
}

// How much a screen tells of its cases. One that went further met all that the other did, unless it was
// interrupted before it had judged that.
std::tuple<long, long, bool> extent(const ScreenRecord& record) {
    return {against(record), record.configurations, !record.interrupted};
}

}  // namespace

std::string real_text(double value) {
    return fmt::format("{:.6g}", value);
}

ScreenRecord record_of(const ScreenResult& result, const std::vector<Ruling>& rulings, bool all_judged,
                       const ScreenOptions& options, const std::string& precision) {
    ScreenRecord record{.device = options.cuda ? "cuda" : "cpu",
                        .engine = result.engine,
                        .precision = precision,
                        .seed = options.seed,
                        .shape = options.shape,
                        .weighted = options.weighted,
                        .configurations = result.configurations,
                        .evaluations = result.evaluations,
                        .revived = result.revived_cases,
                        .local_minima = result.local_minima,
                        .stagnated = result.stagnated,
                        .exhausted = result.exhausted,
                        .interrupted = result.interrupted || !all_judged,
                        .claims = {},
                        .rejudged = static_cast<long>(rulings.size()),
                        .reasons = {}};
    std::vector<long> confirmed(options.claims.size(), 0);
    for (const Ruling& ruling : rulings) {
        ++record.reasons[ruling.reason];
        for (const std::size_t j : ruling.refuted) {
            ++confirmed[j];
        }
    }
    for (std::size_t j = 0; j < options.claims.size(); ++j) {
        record.claims.push_back(claim_record(options.claims[j].id, result.claims[j], confirmed[j]));
    }
    return record;
}

bool differs(const ScreenRecord& record) {
    return record.reasons.contains(Reason::confirmed) || record.reasons.contains(Reason::unexplained);
}

void unite(std::vector<ScreenRecord>& records, const std::vector<ScreenRecord>& more) {
    for (const ScreenRecord& record : more) {
        const auto known = std::find_if(records.begin(), records.end(),
                                        [&](const ScreenRecord& one) { return same_cases(one, record); });
        if (known == records.end()) {
            records.push_back(record);
        } else if (extent(*known) <= extent(record)) {
            *known = record;
        }
    }
}

}  // namespace ncverify::screen
