// The lock that makes a campaign's owner the only one.
#pragma once

#include <filesystem>

namespace ncverify::campaign {

/// Held for as long as it lives, and gone with its process, however that ends. SQLite's own locks are held
/// for moments only, so that others can read meanwhile.
class StoreLock {
  public:
    /// Throws InputError where another process holds it, and says which.
    explicit StoreLock(const std::filesystem::path& folder);
    StoreLock(const StoreLock&) = delete;
    StoreLock& operator=(const StoreLock&) = delete;
    ~StoreLock();

  private:
    int file_ = -1;
};

/// Whether some process owns the campaign at this moment.
bool is_owned(const std::filesystem::path& folder);

}  // namespace ncverify::campaign
