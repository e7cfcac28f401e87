// Floats: the solver's hot arithmetic, Arb's floating-point numbers without error bounds.
#pragma once

#include <utility>

#include "problem/scalar.hpp"

namespace ncverify::solvers {

/// An array of floating-point numbers of Arb (arf), each as long as the operation that wrote it rounded it
/// to. Arb's exponential is several times faster than MPFR's and its short operations need no call to the
/// allocator; what leaves the solver is converted to Multiprecision.
class Floats {
  public:
    explicit Floats(long size) : size_(size), data_(new arf_struct[static_cast<std::size_t>(size)]) {
        for (long i = 0; i < size; ++i) {
            arf_init(&data_[i]);
        }
    }
    ~Floats() {
        for (long i = 0; i < size_; ++i) {
            arf_clear(&data_[i]);
        }
        delete[] data_;
    }
    Floats(Floats&& other) noexcept
        : size_(std::exchange(other.size_, 0)), data_(std::exchange(other.data_, nullptr)) {}
    Floats& operator=(Floats&& other) noexcept {
        std::swap(size_, other.size_);
        std::swap(data_, other.data_);
        return *this;
    }
    Floats(const Floats&) = delete;
    Floats& operator=(const Floats&) = delete;

    long size() const { return size_; }
    arf_ptr operator[](long i) { return &data_[i]; }
    arf_srcptr operator[](long i) const { return &data_[i]; }

  private:
    long size_;
    arf_struct* data_;
};

/// One such number. Converts to the pointer by which Arb's functions take it.
class Float {
  public:
    Float() { arf_init(&number_); }
    ~Float() { arf_clear(&number_); }
    Float(const Float&) = delete;
    Float& operator=(const Float&) = delete;

    operator arf_ptr() { return &number_; }           // NOLINT: stands for its number
    operator arf_srcptr() const { return &number_; }  // NOLINT

  private:
    arf_struct number_{};
};

/// Arithmetic rounded to a number of bits.
struct Arithmetic {
    long bits;

    void add(arf_ptr z, arf_srcptr x, arf_srcptr y) const { arf_add(z, x, y, bits, ARF_RND_DOWN); }
    void sub(arf_ptr z, arf_srcptr x, arf_srcptr y) const { arf_sub(z, x, y, bits, ARF_RND_DOWN); }
    void mul(arf_ptr z, arf_srcptr x, arf_srcptr y) const { arf_mul(z, x, y, bits, ARF_RND_DOWN); }
    void div(arf_ptr z, arf_srcptr x, arf_srcptr y) const { arf_div(z, x, y, bits, ARF_RND_DOWN); }
    void sqrt(arf_ptr z, arf_srcptr x) const { arf_sqrt(z, x, bits, ARF_RND_DOWN); }
    void addmul(arf_ptr z, arf_srcptr x, arf_srcptr y) const { arf_addmul(z, x, y, bits, ARF_RND_DOWN); }
    void submul(arf_ptr z, arf_srcptr x, arf_srcptr y) const { arf_submul(z, x, y, bits, ARF_RND_DOWN); }
    void exp(arf_ptr z, arf_srcptr x) const { through_ball(arb_exp, z, x); }
    void expm1(arf_ptr z, arf_srcptr x) const { through_ball(arb_expm1, z, x); }
    void log(arf_ptr z, arf_srcptr x) const { through_ball(arb_log, z, x); }
    void set(arf_ptr z, arf_srcptr x) const { arf_set_round(z, x, bits, ARF_RND_DOWN); }
    void read(arf_ptr z, arf_srcptr x) const { set(z, x); }
    void add_one(arf_ptr z, arf_srcptr x) const { arf_add_si(z, x, 1, bits, ARF_RND_DOWN); }
    static void zero(arf_ptr z) { arf_zero(z); }
    static void negate(arf_ptr z, arf_srcptr x) { arf_neg(z, x); }
    static bool positive(arf_srcptr x) { return arf_sgn(x) > 0; }

  private:
    template <typename Function>
    void through_ball(Function function, arf_ptr z, arf_srcptr x) const {
        arb_t ball;
        arb_init(ball);
        arf_set(arb_midref(ball), x);
        function(ball, ball, bits);
        arf_swap(z, arb_midref(ball));
        arb_clear(ball);
    }
};

/// x = 0 counts as 2^-infinity, as a very small number.
inline long exponent_of(arf_srcptr x) {
    return arf_is_zero(x) ? -(1L << 60) : arf_abs_bound_lt_2exp_si(x);
}

inline Multiprecision to_multiprecision(arf_srcptr x) {
    Multiprecision result;
    arf_get_mpfr(result.backend().data(), x, MPFR_RNDN);
    return result;
}

}  // namespace ncverify::solvers
