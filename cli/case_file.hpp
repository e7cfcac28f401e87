// Case file: where `ncverify verify --cases` puts its lines.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "files/atomic_file.hpp"
#include "problem/errors.hpp"
#include "trial/trial.hpp"

namespace ncverify::cli {

/// The file grows while the trial runs and appears at its end. Where it cannot be written to any more (a full
/// disk) the trial goes on, and `put_in_place` says so. From any thread.
class CaseFile {
  public:
    /// @param path  "": no file. Throws InputError.
    CaseFile(const trial::Paper& paper, const std::string& path);

    /// What the trial is to tell of what it sees; nothing where there is no file.
    std::function<void(const trial::Sighting&)> witness();
    /// Whatever is told from then on comes too late. Throws InputError.
    void put_in_place();

  private:
    void flush();

    const trial::Paper& paper_;
    std::mutex mutex_;
    std::unique_ptr<files::AtomicFile> file_;  // none: none wanted, or no longer
    std::string lines_;                        // not written yet
    std::optional<InputError> failure_;
};

}  // namespace ncverify::cli
