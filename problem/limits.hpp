// What may be asked for, wherever it is asked: by an option, a file or a function's argument.
#pragma once

namespace ncverify {

inline constexpr long largest_digits = 100'000;  ///< significant decimal digits of an answer
inline constexpr long largest_starts = 1'000'000;
inline constexpr int largest_jobs = 4096;  ///< threads

}  // namespace ncverify
