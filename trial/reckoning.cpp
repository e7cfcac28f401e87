#include "trial/reckoning.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "trial/account.hpp"

namespace ncverify::trial {

namespace {

/// Cases of two runs can be the same only where these are.
using Setting = std::tuple<std::string, long, std::string>;

Setting setting_of(const Ledger& ledger) {
    return {ledger.version, ledger.digits, ledger.method};
}

/// A kept or given case but for its number in its run.
struct Identity {
    Setting setting;
    std::uint64_t seed;
    const Instance* instance;
};

/// Where it stands in its run: kept cases before given ones.
struct Rank {
    bool given;
    std::size_t position;
};

/// Of a case in several runs: kept where one of them kept it, and as late as it is in any.
Rank common(const Rank& one, const Rank& other) {
    return one.given != other.given ? (one.given ? other : one)
                                    : Rank{one.given, std::max(one.position, other.position)};
}

const ClaimLedger* column(const Ledger& ledger, const std::string& claim) {
    const auto found = std::find_if(ledger.claims.begin(), ledger.claims.end(),
                                    [&](const ClaimLedger& each) { return each.claim == claim; });
    return found == ledger.claims.end() ? nullptr : &*found;
}

Mark::Kind gravest(const RunLengths<Mark>& marks) {
    Mark::Kind kind = Mark::Kind::untried;
    marks.each([&](const Mark& mark, long, long) { kind = std::max(kind, mark.kind); });
    return kind;
}

bool found_something(const Walk& walk) {
    return gravest(walk.marks) >= Mark::Kind::inconclusive;
}

/// Of two searches from one case the one to count: they differ only where one was cut short.
bool preferred(const Walk& one, const Walk& other) {
    const auto said = [](const Walk& walk) {
        std::vector<std::pair<Mark, long>> marks;
        walk.marks.each([&](const Mark& mark, long, long end) { marks.emplace_back(mark, end); });
        return std::tuple(gravest(walk.marks), walk.marks.size(), marks);
    };
    return said(one) > said(other);
}

}  // namespace

Reckoning::Reckoning(const Paper& paper, const std::vector<Ledger>& ledgers)
    : paper_(paper), ledgers_(ledgers), layouts_(ledgers.size()) {
    lay_out_listed();
    lay_out_random();
}

void Reckoning::lay_out_listed() {
    const auto before = [this](const Identity& a, const Identity& b) {
        return std::tie(a.setting, a.seed) != std::tie(b.setting, b.seed)
                   ? std::tie(a.setting, a.seed) < std::tie(b.setting, b.seed)
                   : paper_.instances.less(*a.instance, *b.instance);
    };
    // To each case a rank for each time that a run tried it.
    std::map<Identity, std::vector<Rank>, decltype(before)> ranks(before);
    using Entry = std::pair<decltype(ranks)::iterator, std::size_t>;
    std::vector<std::vector<Entry>> entries(ledgers_.size());
    for (std::size_t l = 0; l < ledgers_.size(); ++l) {
        const Ledger& ledger = ledgers_[l];
        std::map<const std::vector<Rank>*, std::size_t> times;
        for (const bool given : {false, true}) {
            const std::vector<CaseKey>& keys = given ? ledger.given : ledger.kept;
            for (std::size_t i = 0; i < keys.size(); ++i) {
                const auto known =
                    ranks.try_emplace({setting_of(ledger), keys[i].seed, &keys[i].instance}).first;
                const std::size_t time = times[&known->second]++;
                const Rank rank{given, i};
                if (time == known->second.size()) {
                    known->second.push_back(rank);
                } else {
                    known->second[time] = common(known->second[time], rank);
                }
                entries[l].emplace_back(known, time);
            }
        }
    }
    std::vector<std::tuple<Setting, bool, std::size_t, std::size_t, const Rank*>> order;
    std::size_t number = 0;
    for (const auto& [identity, times] : ranks) {
        for (const Rank& rank : times) {
            order.emplace_back(identity.setting, rank.given, rank.position, number++, &rank);
        }
    }
    std::sort(order.begin(), order.end());
    std::map<const Rank*, long> places;
    for (const auto& each : order) {
        places[std::get<const Rank*>(each)] = listed_++;
    }
    for (std::size_t l = 0; l < ledgers_.size(); ++l) {
        for (const auto& [known, time] : entries[l]) {
            const long place = places[&known->second[time]];
            layouts_[l].found.emplace_back(place, static_cast<long>(layouts_[l].listed.size()));
            layouts_[l].listed.push_back(place);
        }
        std::sort(layouts_[l].found.begin(), layouts_[l].found.end());
    }
}

void Reckoning::lay_out_random() {
    // A random case's own seed depends on how many cases were given before it.
    const auto key_of = [](const Ledger& ledger) {
        return std::tuple(setting_of(ledger), ledger.seed, ledger.given.size());
    };
    std::map<decltype(key_of(ledgers_.front())), Stream> streams;
    for (const Ledger& ledger : ledgers_) {
        if (ledger.random > 0) {
            Stream& stream = streams[key_of(ledger)];
            stream.length = std::max(stream.length, ledger.random);
            stream.asked = std::max(stream.asked, ledger.asked);
        }
    }
    streams_.reserve(streams.size());  // layouts point into it
    std::map<decltype(key_of(ledgers_.front())), const Stream*> placed;
    long begin = listed_;
    for (auto& [key, stream] : streams) {
        stream.begin = begin;
        begin += stream.length;
        placed[key] = &streams_.emplace_back(stream);
    }
    for (std::size_t l = 0; l < ledgers_.size(); ++l) {
        layouts_[l].stream = ledgers_[l].random > 0 ? placed.at(key_of(ledgers_[l])) : nullptr;
    }
}

long Reckoning::place(std::size_t ledger, long number) const {
    const Layout& layout = layouts_[ledger];
    const auto listed = static_cast<long>(layout.listed.size());
    return number < listed ? layout.listed[static_cast<std::size_t>(number)]
                           : layout.stream->begin + number - listed;
}

std::optional<long> Reckoning::number(std::size_t ledger, long place) const {
    const Layout& layout = layouts_[ledger];
    const auto found = std::lower_bound(layout.found.begin(), layout.found.end(), std::pair(place, 0L));
    if (found != layout.found.end() && found->first == place) {
        return found->second;
    }
    const long random = layout.stream == nullptr ? -1 : place - layout.stream->begin;
    return random >= 0 && random < ledgers_[ledger].random
               ? std::optional(random + static_cast<long>(layout.listed.size()))
               : std::nullopt;
}

/// One sequence over the places of all random cases of what `column(ledger)` says of each run's, an
/// optional<RunLengths>: the largest where several say something, Value{} where none does.
template <typename Value, typename Column>
RunLengths<Value> Reckoning::joined_random(Column column) const {
    std::map<const Stream*, RunLengths<Value>> random;
    for (std::size_t l = 0; l < ledgers_.size(); ++l) {
        const std::optional<RunLengths<Value>> values = column(ledgers_[l]);
        if (values && layouts_[l].stream != nullptr) {
            RunLengths<Value>& known = random[layouts_[l].stream];
            known = together(known, *values, [](const Value& a, const Value& b) { return std::max(a, b); });
        }
    }
    RunLengths<Value> all;
    for (const Stream& stream : streams_) {
        random[&stream].each(
            [&](const Value& value, long begin, long end) { all.append(value, end - begin); });
        all.append(Value{}, stream.begin + stream.length - listed_ - all.size());
    }
    return all;
}

/// The same over all places.
template <typename Value, typename Column>
RunLengths<Value> Reckoning::joined(Column column) const {
    std::vector<Value> listed(static_cast<std::size_t>(listed_));
    for (std::size_t l = 0; l < ledgers_.size(); ++l) {
        const std::optional<RunLengths<Value>> values = column(ledgers_[l]);
        for (std::size_t i = 0; values && i < layouts_[l].listed.size(); ++i) {
            Value& known = listed[static_cast<std::size_t>(layouts_[l].listed[i])];
            known = std::max(known, values->at(static_cast<long>(i)));
        }
    }
    RunLengths<Value> all;
    for (const Value& value : listed) {
        all.append(value);
    }
    joined_random<Value>([&](const Ledger& ledger) {
        const std::optional<RunLengths<Value>> values = column(ledger);
        return values ? std::optional(values->from(ledger.listed())) : std::nullopt;
    }).each([&](const Value& value, long begin, long end) { all.append(value, end - begin); });
    return all;
}

RunLengths<Mark> Reckoning::marks(const std::string& claim) const {
    return joined<Mark>([&](const Ledger& ledger) {
        const ClaimLedger* found = column(ledger, claim);
        return found == nullptr ? std::nullopt : std::optional(found->marks);
    });
}

void Reckoning::count_cases(TrialResult& result) const {
    result.cases = 0;
    result.cases_planned = listed_;
    for (const Stream& stream : streams_) {
        result.cases_planned += stream.length;
    }
    result.solver = {};
    joined<Effort>([](const Ledger& ledger) {
        return std::optional(ledger.efforts);
    }).each([&](const Effort& effort, long begin, long end) {
        result.cases += effort.finished ? end - begin : 0;
        add(result.solver, effort, end - begin);
    });
}

long Reckoning::asked() const {
    long all = 0;
    for (const Stream& stream : streams_) {
        all += stream.asked;
    }
    return all;
}

void Reckoning::count_claim(ClaimResult& result) const {
    marks(result.claim.id).each([&](const Mark& mark, long begin, long end) {
        count(result, mark, end - begin);
    });
    count_walks(result);
    count_coverage(result);
}

void Reckoning::count_walks(ClaimResult& result) const {
    std::map<long, const Walk*> walks;  // by the places where they start
    for (std::size_t l = 0; l < ledgers_.size(); ++l) {
        const ClaimLedger* claim = column(ledgers_[l], result.claim.id);
        if (claim != nullptr && claim->walk) {
            const Walk*& known = walks[place(l, claim->walk->start)];
            known = known == nullptr || preferred(*claim->walk, *known) ? &*claim->walk : known;
        }
    }
    const auto replaced = [&](long start) {
        for (std::size_t l = 0; l < ledgers_.size(); ++l) {
            const ClaimLedger* claim = column(ledgers_[l], result.claim.id);
            const std::optional<long> here = claim == nullptr ? std::nullopt : number(l, start);
            if (here && claim->marks.at(*here).kind != Mark::Kind::untried &&
                (claim->failed || (claim->walk && claim->walk->start != *here))) {
                return true;
            }
        }
        return false;
    };
    for (const auto& [start, walk] : walks) {
        if (found_something(*walk) || !replaced(start)) {
            result.searched += walk->marks.size();
            walk->marks.each(
                [&](const Mark& mark, long begin, long end) { count(result, mark, end - begin); });
        }
    }
}

void Reckoning::count_coverage(ClaimResult& result) const {
    enum Share { uncounted, outside, inside };
    for (CoverageRecord& covered : result.coverage) {
        joined_random<Share>([&](const Ledger& ledger) -> std::optional<RunLengths<Share>> {
            const ClaimLedger* claim = column(ledger, result.claim.id);
            const auto input = std::find_if(
                ledger.inputs.begin(), ledger.inputs.end(),
                [&](const InputLedger& each) { return each.input.name == covered.demand.input.name; });
            if (claim == nullptr || input == ledger.inputs.end()) {
                return std::nullopt;
            }
            return together(claim->marks.from(ledger.listed()), input->met, [](const Mark& mark, bool met) {
                return mark.kind <= Mark::Kind::skipped ? uncounted : met ? inside : outside;
            });
        }).each([&](Share share, long begin, long end) {
            covered.cases += share == uncounted ? 0 : end - begin;
            covered.hits += share == inside ? end - begin : 0;
        });
    }
}

std::optional<long> Reckoning::first(const std::string& claim, Mark::Kind kind,
                                     const std::vector<std::size_t>& ledgers) const {
    std::optional<long> found;
    for (const std::size_t l : ledgers) {
        const ClaimLedger* marked = column(ledgers_[l], claim);
        if (marked == nullptr) {
            continue;
        }
        marked->marks.each([&](const Mark& mark, long begin, long end) {
            // Places ascend among the random cases; the others' order may be another one here.
            const long last = std::min(end, std::max(begin + 1, ledgers_[l].listed()));
            for (long number = begin; mark.kind == kind && number < last; ++number) {
                const long here = place(l, number);
                found = found ? std::min(*found, here) : here;
            }
        });
    }
    return found;
}

std::optional<Reckoning::Failure> Reckoning::simplest_failure(const std::string& claim,
                                                              const std::vector<std::size_t>& ledgers) const {
    std::optional<Failure> found;
    for (const std::size_t l : ledgers) {
        const ClaimLedger* marked = column(ledgers_[l], claim);
        if (marked != nullptr && marked->failed) {
            const long number = *marked->failed;
            Failure failure{case_of(paper_, ledgers_[l], number).instance, place(l, number)};
            found = !found || simpler(failure, *found) ? std::move(failure) : found;
        }
    }
    return found;
}

bool Reckoning::simpler(const Failure& one, const Failure& other) const {
    const InstanceKind& instances = paper_.instances;
    return instances.less(one.instance, other.instance) ||
           (!instances.less(other.instance, one.instance) && one.place < other.place);
}

}  // namespace ncverify::trial
