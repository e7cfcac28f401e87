#include "files/memory_array.hpp"

#include <cstring>

#include "problem/errors.hpp"

namespace ncverify::files {

namespace {

class Memory : public ByteSource {
  public:
    Memory(const void* bytes, std::uint64_t size)
        : bytes_(static_cast<const std::byte*>(bytes)), size_(size) {}
    bool random_access() const override { return true; }

  protected:
    void read_raw(std::uint64_t offset, std::byte* to, std::size_t size) override {
        std::memcpy(to, bytes_ + offset, size);
    }
    std::uint64_t total() const override { return size_; }

  private:
    const std::byte* bytes_;
    std::uint64_t size_;
};

}  // namespace

StoredArray memory_array(const void* values, ElementType type, std::vector<long long> shape,
                         const std::string& where) {
    const ArrayHeader header{type, std::move(shape), false};
    const auto bytes = data_bytes(header);
    if (!bytes || (*bytes > 0 && values == nullptr)) {
        throw InputError("has shape " + shape_text(header.shape) + (bytes ? " and no numbers" : ""), where,
                         "an array in memory");
    }
    return {.file = "in memory",
            .key = "",
            .where = where,
            .header = header,
            .bytes = std::make_shared<Memory>(values, *bytes)};
}

}  // namespace ncverify::files
