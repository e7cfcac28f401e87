// Signals: what an interrupt, a hangup or a request to terminate does to a command. The one place that
// handles them.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

namespace ncverify::cli {

/// Who sends signals.
enum class Sender {
    person,   ///< each one counts
    launcher  ///< of an MPI job: it passes on what the ranks may have had from elsewhere, so that signals
              ///< within two seconds are one; and it passes SIGUSR1 on without ending the job, which asks for
              ///< the same
};

/// From here on SIGINT, SIGTERM and SIGHUP leave at once with status 130 and no temporary file behind; those
/// that the caller had ignored (nohup) stay ignored. A file that outgrows its limit is an error of writing it
/// and no longer the program's end.
void leave_on_signals(Sender sender = Sender::person);

/// From here on no such signal does anything: the program is about to end by itself.
void ignore_signals();

/// For the length of its life the first such signal asks the work in hand to come to its end, and says so;
/// the second leaves at once. Work that has not ended 10 seconds after the first is given up. One at a time.
class Interruption {
  public:
    Interruption();
    /// @param notice  what is said at the first signal, a line; outlives the program's end
    explicit Interruption(const char* notice);
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    /// True from the first signal on.
    const std::atomic<bool>& requested() const;

    /// What giving up does before the program leaves: report, on a thread of its own and while the work still
    /// runs, what was finished. Replaces what was said before.
    void if_given_up(std::function<void()> report);

    /// The work has ended, and what follows (writing it down) is not given up. Does not return where giving
    /// up came first.
    void work_has_ended();

  private:
    class Watch;
    std::unique_ptr<Watch> watch_;
};

}  // namespace ncverify::cli
