#include "files/zip_archive.hpp"

#include <zip.h>

#include <algorithm>

#include "problem/errors.hpp"

namespace ncverify::files {

namespace {

// Deflation packs at most 258 bytes into two bits.
constexpr std::uint64_t largest_ratio = 1032;

struct CloseArchive {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseMember {
    void operator()(zip_file_t* member) const { zip_fclose(member); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;

[[noreturn]] void damaged(const std::string& what, const std::string& where) {
    throw InputError(what, where, "a complete .npz file as np.savez writes it");
}

Archive open_archive(const std::string& path, const std::string& where) {
    int error = 0;
    Archive archive(zip_open(path.c_str(), ZIP_RDONLY, &error));
    if (!archive) {
        zip_error_t text;
        zip_error_init_with_code(&text, error);
        const std::string reason = zip_error_strerror(&text);
        zip_error_fini(&text);
        damaged("the zip archive cannot be read (" + reason + ")", where);
    }
    return archive;
}

class Member : public ByteSource {
  public:
    Member(Archive archive, const ZipMember& member, std::string where)
        : archive_(std::move(archive)), index_(member.index), size_(member.size), where_(std::move(where)) {}

    bool random_access() const override { return false; }

  protected:
    void read_raw(std::uint64_t offset, std::byte* to, std::size_t size) override {
        if (!stream_ || offset < position_) {
            stream_.reset(zip_fopen_index(archive_.get(), index_, 0));
            position_ = 0;
            if (!stream_) {
                damaged("the member cannot be opened (" + std::string(zip_strerror(archive_.get())) + ")",
                        where_);
            }
        }
        std::byte skipped[4096];
        while (position_ < offset) {
            take(skipped,
                 static_cast<std::size_t>(std::min<std::uint64_t>(sizeof skipped, offset - position_)));
        }
        take(to, size);
    }
    std::uint64_t total() const override { return size_; }

  private:
    void take(std::byte* to, std::size_t size) {
        while (size > 0) {
            const zip_int64_t got = zip_fread(stream_.get(), to, size);
            if (got <= 0) {
                damaged(got < 0 ? "damaged near byte " + std::to_string(position_) +
                                      " of the unpacked member (" + zip_file_strerror(stream_.get()) + ")"
                                : "the member ends at byte " + std::to_string(position_) + " of " +
                                      std::to_string(size_),
                        where_);
            }
            to += got;
            position_ += static_cast<std::uint64_t>(got);
            size -= static_cast<std::size_t>(got);
        }
        if (position_ == size_) {
            // One byte more: there must be none, and asking is what makes libzip compare the checksum.
            std::byte beyond;
            const zip_int64_t got = zip_fread(stream_.get(), &beyond, 1);
            if (got != 0) {
                damaged(
                    got < 0 ? "the member's checksum or size is wrong" : "the member is longer than declared",
                    where_);
            }
        }
    }

    Archive archive_;
    std::unique_ptr<zip_file_t, CloseMember> stream_;  // before the archive goes, hence after it here
    std::uint64_t index_, size_, position_ = 0;
    std::string where_;
};

}  // namespace

std::vector<ZipMember> zip_members(const std::string& path, const std::string& where) {
    const Archive archive = open_archive(path, where);
    std::vector<ZipMember> members;
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t status;
        const auto index = static_cast<zip_uint64_t>(i);
        if (zip_stat_index(archive.get(), index, 0, &status) != 0 || (status.valid & ZIP_STAT_NAME) == 0 ||
            (status.valid & ZIP_STAT_SIZE) == 0) {
            damaged("member " + std::to_string(i) + " has no name or size", where);
        }
        members.push_back({status.name, index, status.size});
    }
    return members;
}

std::shared_ptr<ByteSource> open_zip_member(const std::string& path, const ZipMember& member,
                                            const std::string& where) {
    Archive archive = open_archive(path, where);
    zip_stat_t status;
    constexpr zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    if (zip_stat_index(archive.get(), member.index, 0, &status) != 0 || (status.valid & needed) != needed) {
        damaged("the member has no size or method", where);
    }
    if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && status.encryption_method != ZIP_EM_NONE) {
        throw InputError("the member is encrypted", where, "an archive without a password");
    }
    if (status.comp_method != ZIP_CM_STORE && status.comp_method != ZIP_CM_DEFLATE) {
        throw InputError("the member is packed by method " + std::to_string(status.comp_method), where,
                         "one stored or deflated, as np.savez and np.savez_compressed write it");
    }
    const std::uint64_t largest =
        status.comp_method == ZIP_CM_STORE ? status.comp_size : status.comp_size * largest_ratio;
    if (status.comp_size > (std::uint64_t{1} << 50) || status.size > largest ||
        (status.comp_method == ZIP_CM_STORE && status.size != status.comp_size)) {
        damaged("the member is said to unpack from " + std::to_string(status.comp_size) + " bytes to " +
                    std::to_string(status.size) + ", which cannot be",
                where);
    }
    return std::make_shared<Member>(std::move(archive), member, where);
}

}  // namespace ncverify::files
