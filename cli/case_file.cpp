#include "cli/case_file.hpp"

#include "trial/case_lines.hpp"

namespace ncverify::cli {

namespace {

constexpr std::size_t written_at_once = 1 << 20;  // bytes

}  // namespace

CaseFile::CaseFile(const trial::Paper& paper, const std::string& path)
    : paper_(paper), file_(path.empty() ? nullptr : std::make_unique<files::AtomicFile>(path)) {}

std::function<void(const trial::Sighting&)> CaseFile::witness() {
    if (!file_) {
        return {};
    }
    return [this](const trial::Sighting& sighting) {
        const std::lock_guard lock(mutex_);
        if (file_) {
            lines_ += trial::case_line(paper_, sighting);
            flush();
        }
    };
}

void CaseFile::flush() {
    if (lines_.size() < written_at_once) {
        return;
    }
    try {
        file_->append(lines_);
    } catch (const InputError& error) {
        failure_ = error;
        file_.reset();
    }
    lines_.clear();
}

void CaseFile::put_in_place() {
    const std::lock_guard lock(mutex_);
    if (failure_) {
        throw *failure_;
    }
    if (file_) {
        const auto file = std::move(file_);
        file->append(lines_);
        file->put_in_place();
    }
}

}  // namespace ncverify::cli
