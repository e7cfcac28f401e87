// Work on a matrix's chunks by all threads, with results that do not depend on how many there are.
#pragma once

#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <memory>

#include "measure/row_reader.hpp"

namespace ncverify::measure {

/// Reads `rows` from the start: chunks are read in order, worked on in parallel, and their results merged in
/// order, a few at a time in memory.
/// @param work   Part(const RawRows&), called on any thread
/// @param merge  void(Part&), called in the order of the chunks, one at a time
template <typename Part, typename Work, typename Merge>
void for_each_chunk(RowReader& rows, const Work& work, const Merge& merge) {
    rows.rewind();
    const auto read = [&rows](tbb::flow_control& control) {
        auto chunk = rows.next();
        if (!chunk) {
            control.stop();
            return RawRows{};
        }
        return std::move(*chunk);
    };
    const auto compute = [&work](const RawRows& chunk) { return std::make_shared<Part>(work(chunk)); };
    const auto add = [&merge](const std::shared_ptr<Part>& part) { merge(*part); };
    const auto alive = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()) + 2;
    tbb::parallel_pipeline(
        alive, tbb::make_filter<void, RawRows>(tbb::filter_mode::serial_in_order, read) &
                   tbb::make_filter<RawRows, std::shared_ptr<Part>>(tbb::filter_mode::parallel, compute) &
                   tbb::make_filter<std::shared_ptr<Part>, void>(tbb::filter_mode::serial_in_order, add));
}

}  // namespace ncverify::measure
