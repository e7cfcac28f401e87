#include "mpi/ranks.hpp"

#include <mpi.h>

#include <csignal>

#include "campaign/finding_json.hpp"

namespace ncverify::mpi {

namespace {

using Clock = std::chrono::steady_clock;

enum Tag { hello = 1, task = 2, finding = 3, end = 4, bye = 5, stopped = 6 };

constexpr int chief = 0;
constexpr std::chrono::milliseconds nap{2};  // between two looks for messages

void send(int to, Tag tag, const std::string& text) {
    MPI_Send(text.data(), static_cast<int>(text.size()), MPI_CHAR, to, tag, MPI_COMM_WORLD);
}

struct Message {
    int from = 0;
    int tag = 0;
    std::string text;
};

// The next message, if there is one.
bool take_message(Message& message) {
    MPI_Status status;
    int there = 0, size = 0;
    MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &status);
    if (there == 0) {
        return false;
    }
    MPI_Get_count(&status, MPI_CHAR, &size);
    message.text.resize(static_cast<std::size_t>(size));
    message.from = status.MPI_SOURCE;
    message.tag = status.MPI_TAG;
    MPI_Recv(message.text.data(), size, MPI_CHAR, message.from, message.tag, MPI_COMM_WORLD,
             MPI_STATUS_IGNORE);
    return true;
}

}  // namespace

int rank() {
    int number = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &number);
    return number;
}

int ranks() {
    int number = 0;
    MPI_Comm_size(MPI_COMM_WORLD, &number);
    return number;
}

Ranks::Ranks(const campaign::Plan& plan, int threads)
    : plan_(plan), crew_(plan, threads), others_(static_cast<std::size_t>(ranks())) {
    for (int other = 1; other < ranks(); ++other) {
        MPI_Recv(&others_[static_cast<std::size_t>(other)].threads, 1, MPI_INT, other, hello, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    }
}

int Ranks::threads() const {
    int sum = crew_.threads();
    for (const Other& other : others_) {
        sum += other.threads;
    }
    return sum;
}

void Ranks::receive() {
    for (Message message; take_message(message);) {
        if (message.tag == stopped) {
            std::raise(SIGTERM);  // what it had in hand will not come: the whole job ends
        }
        if (message.tag == finding) {
            const Clock::time_point begin = Clock::now();
            findings_.push_back(campaign::finding_of_message(plan_, message.text));
            --others_[static_cast<std::size_t>(message.from)].in_hand;
            ++messages_.count;
            messages_.bytes += static_cast<long>(message.text.size());
            messages_.seconds += std::chrono::duration<double>(Clock::now() - begin).count();
        }
    }
}

bool Ranks::idle() {
    receive();
    for (const Other& other : others_) {
        if (other.in_hand < 2 * other.threads) {
            return true;
        }
    }
    return crew_.idle();
}

void Ranks::give(campaign::Task given) {
    for (int other = 1; other < static_cast<int>(others_.size()); ++other) {
        Other& hands = others_[static_cast<std::size_t>(other)];
        if (hands.in_hand < 2 * hands.threads) {
            ++hands.in_hand;
            send(other, task, campaign::to_message(plan_, given));
            return;
        }
    }
    crew_.give(std::move(given));
}

std::vector<campaign::Finding> Ranks::take(std::chrono::milliseconds patience) {
    const Clock::time_point until = Clock::now() + patience;
    do {
        for (campaign::Finding& own : crew_.take(nap)) {
            findings_.push_back(std::move(own));
        }
        receive();
    } while (findings_.empty() && Clock::now() < until);
    return std::exchange(findings_, {});
}

void serve(const campaign::Plan& plan, int threads, const std::atomic<bool>& stop) {
    campaign::Crew crew(plan, threads);
    const int have = crew.threads();
    MPI_Send(&have, 1, MPI_INT, chief, hello, MPI_COMM_WORLD);
    bool told = false;
    for (bool dismissed = false; !dismissed;) {
        for (Message message; take_message(message);) {
            if (message.tag == task) {
                crew.give(campaign::task_of_message(plan, message.text));
            }
            dismissed = dismissed || message.tag == end;
        }
        if (stop && !told) {
            crew.stop();
            send(chief, stopped, "");
            told = true;
        }
        for (const campaign::Finding& each : crew.take(nap)) {
            send(chief, finding, campaign::to_message(plan, each));
        }
    }
    send(chief, bye, "");
}

void dismiss() {
    for (int other = 1; other < ranks(); ++other) {
        send(other, end, "");
    }
    for (int left = ranks() - 1; left > 0;) {
        if (Message message; take_message(message)) {
            left -= message.tag == bye ? 1 : 0;  // findings that nobody waits for any more
        } else {
            std::this_thread::sleep_for(nap);
        }
    }
}

}  // namespace ncverify::mpi
