// Zip archives of arrays, .npz: every member, stored or deflated; and the formats told apart by their start.
#include <sys/mman.h>
#include <unistd.h>

#include "files/zip_archive.hpp"
#include "fuzz/arrays.hpp"
#include "fuzz/promises.hpp"

namespace ncverify::fuzz {

namespace {

/// The one file, in memory, that inputs are put into one after the other; its path.
std::string file_of(const std::string& input) {
    static const int descriptor = ::memfd_create("input", MFD_CLOEXEC);
    require(descriptor >= 0 && ::ftruncate(descriptor, 0) == 0 &&
                ::pwrite(descriptor, input.data(), input.size(), 0) == static_cast<ssize_t>(input.size()),
            "the harness has a file");
    return "/proc/self/fd/" + std::to_string(descriptor);
}

}  // namespace

void try_input(const std::string& input) {
    const std::string path = file_of(input);
    if (const auto array = accepted([&] {
            return files::open_array(path, "--features", {"H", "features"});
        })) {
        require_readable(*array);
    }
    const auto members = accepted([&] { return files::zip_members(path, "archive"); });
    if (!members) {
        return;
    }
    for (const files::ZipMember& member : *members) {
        const std::string suffix = ".npy";
        if (member.name.size() <= suffix.size() || !member.name.ends_with(suffix)) {
            continue;
        }
        const std::string key = member.name.substr(0, member.name.size() - suffix.size());
        if (const auto array =
                accepted([&] { return files::open_array(path + ":" + key, "--labels", {}); })) {
            require(array->bytes->size() <= member.size, "an array is no larger than its member");
            require_readable(*array);
        }
    }
}

}  // namespace ncverify::fuzz
