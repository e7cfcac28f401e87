// Work on a matrix's chunks by all threads, with results that do not depend on how many there are.
#pragma once

#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <exception>
#include <memory>
#include <optional>

#include "files/row_reader.hpp"
#include "problem/progress.hpp"

namespace ncverify::measure {

/// Reads `rows` from the start: chunks are read in order, worked on in parallel, and their results merged in
/// order, a few at a time in memory. Rethrows the exception that comes first in the order of the chunks. What
/// is merged is told to the calling thread's watcher (problem/progress.hpp) as a share of `part`.
/// @param work   Part(const files::RawRows&), called on any thread
/// @param merge  void(Part&), called in the order of the chunks, one at a time
template <typename Part, typename Work, typename Merge>
void for_each_chunk(const char* part, files::RowReader& rows, const Work& work, const Merge& merge) {
    struct Result {
        std::shared_ptr<Part> part;
        Eigen::Index rows = 0;
        std::exception_ptr failure;
    };
    // Exceptions are carried along: one that leaves a filter makes TBB drop what is in flight without freeing
    // it.
    std::exception_ptr reading_failed, failed;
    std::atomic<bool> stop = false;
    rows.rewind();
    const auto read = [&](tbb::flow_control& control) {
        std::optional<files::RawRows> chunk;
        try {
            chunk = stop ? std::nullopt : rows.next();
        } catch (...) {
            reading_failed = std::current_exception();
        }
        if (!chunk) {
            control.stop();
            return files::RawRows{};
        }
        return std::move(*chunk);
    };
    const auto compute = [&work](const files::RawRows& chunk) {
        Result result;
        result.rows = chunk.count;
        try {
            result.part = std::make_shared<Part>(work(chunk));
        } catch (...) {
            result.failure = std::current_exception();
        }
        return result;
    };
    const ProgressWatcher* watcher = progress_watcher();
    Eigen::Index merged = 0;
    const auto add = [&](const Result& result) {
        if (failed) {
            return;
        }
        failed = result.failure;
        try {
            if (!failed) {
                merge(*result.part);
                merged += result.rows;
                if (watcher != nullptr) {
                    (*watcher)(part, static_cast<double>(merged) / static_cast<double>(rows.rows()));
                }
            }
        } catch (...) {
            failed = std::current_exception();
        }
        stop = failed != nullptr;
    };
    const auto alive = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()) + 2;
    tbb::parallel_pipeline(alive,
                           tbb::make_filter<void, files::RawRows>(tbb::filter_mode::serial_in_order, read) &
                               tbb::make_filter<files::RawRows, Result>(tbb::filter_mode::parallel, compute) &
                               tbb::make_filter<Result, void>(tbb::filter_mode::serial_in_order, add));
    if (failed || reading_failed) {
        std::rethrow_exception(failed ? failed : reading_failed);
    }
}

}  // namespace ncverify::measure
