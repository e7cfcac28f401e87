// Zip archives as NumPy writes them (.npz): their members, stored or deflated, as streams of bytes.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "files/byte_source.hpp"

namespace ncverify::files {

/// One member of an archive.
struct ZipMember {
    std::string name;
    std::uint64_t index;
    std::uint64_t size;  ///< unpacked, as the archive says
};

/// The members of the archive `path` in its order. Throws InputError naming `where` where it is damaged.
std::vector<ZipMember> zip_members(const std::string& path, const std::string& where);

/// The unpacked bytes of a member, its checksum compared when the last one has been read. Reading backwards
/// unpacks from the start again. Throws InputError where the member is encrypted, packed by another method
/// than deflation, or said to unpack to more than deflation can (a zip bomb, or damage).
std::shared_ptr<ByteSource> open_zip_member(const std::string& path, const ZipMember& member,
                                            const std::string& where);

}  // namespace ncverify::files
