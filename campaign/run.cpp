#include "campaign/run.hpp"

#include <chrono>

namespace ncverify::campaign {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds patience{100};  // between two looks at the clock and at `stop`

double since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

void write(Store& store, const std::vector<Finding>& findings, Session& session) {
    const Clock::time_point begin = Clock::now();
    store.add(findings);
    session.write_seconds += since(begin);
    ++session.transactions;
    for (const Finding& finding : findings) {
        ++session.blocks;
        session.busy_seconds += finding.seconds;
        session.cases += finding.part == Part::base || finding.part == Part::adaptive ? finding.cases : 0;
    }
}

}  // namespace

double Session::share_outside() const {
    const double had = seconds * threads;
    return had > 0 ? 1 - busy_seconds / had : 0;
}

Ending run(Store& store, const Shard& shard, Hands& hands, double seconds, const std::atomic<bool>& stop,
           const std::function<void(const Schedule&, const Session&)>& watch) {
    const Clock::time_point begin = Clock::now();
    Schedule schedule(store.plan(), store.standing(), shard);
    Session session;
    session.threads = hands.threads();
    std::size_t in_hand = 0;
    bool out_of_time = false;
    for (;;) {
        if (shard.whole()) {
            store.choose_adaptive();
        }
        while (!stop && !out_of_time && hands.idle()) {
            std::optional<Task> task = schedule.next();
            if (!task) {
                break;
            }
            hands.give(std::move(*task));
            ++in_hand;
        }
        if (stop || in_hand == 0) {
            break;
        }
        const std::vector<Finding> findings = hands.take(patience);
        session.seconds = since(begin);
        out_of_time = seconds > 0 && session.seconds > seconds;
        if (!findings.empty()) {
            write(store, findings, session);
            in_hand -= findings.size();
            session.seconds = since(begin);
            session.messages = hands.messages();
            watch(schedule, session);
        }
    }
    if (stop) {
        hands.stop();
        if (const std::vector<Finding> findings = hands.take(std::chrono::milliseconds(0));
            !findings.empty()) {
            write(store, findings, session);
        }
    }
    session.seconds = since(begin);
    watch(schedule, session);
    return stop ? Ending::interrupted : schedule.complete() ? Ending::complete : Ending::out_of_time;
}

}  // namespace ncverify::campaign
