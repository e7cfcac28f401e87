// How often F was evaluated: what methods are compared by, where clocks differ.
#pragma once

namespace ncverify::solvers {

/// Evaluations of F so far by this thread: the objective, with its gradient or without, and residuals alone.
/// The line search of a move, which evaluates one class's part of F, is not among them.
long evaluations();

}  // namespace ncverify::solvers
