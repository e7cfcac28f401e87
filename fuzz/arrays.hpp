// What is promised of arrays, whatever format they came in.
#pragma once

#include <string>
#include <utility>

#include "files/array_file.hpp"

namespace ncverify::fuzz {

/// An input as the bytes of a file.
class InputBytes : public files::ByteSource {
  public:
    explicit InputBytes(std::string bytes) : bytes_(std::move(bytes)) {}
    bool random_access() const override { return true; }

  protected:
    void read_raw(std::uint64_t offset, std::byte* to, std::size_t size) override;
    std::uint64_t total() const override { return bytes_.size(); }

  private:
    std::string bytes_;
};

/// Whether two headers say the same.
bool same(const files::ArrayHeader& a, const files::ArrayHeader& b);

/// That the array's bytes are as many as its header says; that they are read, or refused, alike every time;
/// and that its rows, read in chunks, hold the elements that stand there.
void require_readable(const files::StoredArray& array);

}  // namespace ncverify::fuzz
