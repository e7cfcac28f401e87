// Doubles: Floats and its arithmetic in double precision, for algorithms that are written for either.
#pragma once

#include <cmath>
#include <vector>

#include "problem/scalar.hpp"

namespace ncverify::solvers {

/// An array of doubles with the interface of Floats: an element is named by its address.
class Doubles {
  public:
    explicit Doubles(long size) : data_(static_cast<std::size_t>(size), 0.0) {}
    long size() const { return static_cast<long>(data_.size()); }
    double* operator[](long i) { return data_.data() + i; }
    const double* operator[](long i) const { return data_.data() + i; }

  private:
    std::vector<double> data_;
};

/// The operations of Arithmetic that linear algebra needs.
struct DoubleArithmetic {
    static void add(double* z, const double* x, const double* y) { *z = *x + *y; }
    static void sub(double* z, const double* x, const double* y) { *z = *x - *y; }
    static void mul(double* z, const double* x, const double* y) { *z = *x * *y; }
    static void div(double* z, const double* x, const double* y) { *z = *x / *y; }
    static void sqrt(double* z, const double* x) { *z = std::sqrt(*x); }
    static void addmul(double* z, const double* x, const double* y) { *z += *x * *y; }
    static void submul(double* z, const double* x, const double* y) { *z -= *x * *y; }
    static void set(double* z, const double* x) { *z = *x; }
    static void read(double* z, arf_srcptr x) { *z = arf_get_d(x, ARF_RND_NEAR); }
    static void add_one(double* z, const double* x) { *z = *x + 1; }
    static void zero(double* z) { *z = 0; }
    static void negate(double* z, const double* x) { *z = -*x; }
    static bool positive(const double* x) { return *x > 0; }
};

}  // namespace ncverify::solvers
