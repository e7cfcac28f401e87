// How many threads can be had.
#pragma once

namespace ncverify::cli {

/// The threads that the work may use: all cores', or as many as the system lets this process create (a
/// container may allow one). Found out by the first call; from then on nothing asks for more.
int usable_threads();

}  // namespace ncverify::cli
