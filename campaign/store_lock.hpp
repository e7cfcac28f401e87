// The lock that makes a campaign's owner the only one.
#pragma once

#include <filesystem>

#include "campaign/store.hpp"

namespace ncverify::campaign {

/// Held for as long as it lives, and gone with its process, however that ends. SQLite's own locks are held
/// for moments only, so that others can read meanwhile.
struct Store::Lock {
    /// Throws InputError where another process holds it, and says which.
    explicit Lock(const std::filesystem::path& folder);
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock();

  private:
    int file_ = -1;
};

}  // namespace ncverify::campaign
