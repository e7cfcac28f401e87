// Memory for the kernel's operands, where registers can be loaded from it whole.
#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace ncverify::measure::kernel {

/// `count` numbers, not initialised, at the beginning of a cache line: a register that lies across two takes
/// twice as long to load, by which a product takes a third longer.
class Numbers {
  public:
    Numbers() = default;
    explicit Numbers(long count)
        : place_(
              static_cast<double*>(::operator new(static_cast<std::size_t>(count) * sizeof(double), line))) {}
    double* data() { return place_.get(); }
    const double* data() const { return place_.get(); }

  private:
    static constexpr std::align_val_t line{64};
    struct Free {
        void operator()(double* place) const { ::operator delete(place, line); }
    };
    std::unique_ptr<double, Free> place_;
};

}  // namespace ncverify::measure::kernel
