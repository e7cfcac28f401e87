// Stopping: what an interrupt, a hangup or a request to terminate does to a training.
#pragma once

namespace ncverify::experiments {

/// From here on the first such signal asks the training to stop, resumably, and says so; the second leaves at
/// once, with status 130. Those that the caller had ignored (nohup) stay ignored.
void stop_on_signals();

/// True from the first signal on.
bool stop_requested();

}  // namespace ncverify::experiments
