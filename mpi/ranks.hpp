// Ranks: the processes of an MPI job as a campaign's hands. Rank 0 owns the file and hands out blocks; it
// computes too. Only the thread that called MPI_Init_thread may use what is here.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "campaign/crew.hpp"

namespace ncverify::mpi {

/// Rank and number of ranks of this job.
int rank();
int ranks();

/// All ranks, as rank 0 sees them.
class Ranks : public campaign::Hands {
  public:
    /// Waits until every rank has said how many threads it has. @param threads  of rank 0
    Ranks(const campaign::Plan& plan, int threads);

    bool idle() override;
    void give(campaign::Task task) override;
    std::vector<campaign::Finding> take(std::chrono::milliseconds patience) override;
    void stop() override { crew_.stop(); }
    int threads() const override;
    campaign::Messages messages() const override { return messages_; }

  private:
    struct Other {
        int threads = 0;
        int in_hand = 0;
    };
    void receive();

    const campaign::Plan& plan_;
    campaign::Crew crew_;
    std::vector<Other> others_;  // by rank, from 1
    std::vector<campaign::Finding> findings_;
    campaign::Messages messages_;
};

/// What any other rank does: the tasks that rank 0 sends, until `dismiss`. `stop` gives up what is in hand,
/// and asks rank 0 to end the job.
void serve(const campaign::Plan& plan, int threads, const std::atomic<bool>& stop);

/// Rank 0 lets the others go, whatever they are doing, and waits until they have heard.
void dismiss();

}  // namespace ncverify::mpi
