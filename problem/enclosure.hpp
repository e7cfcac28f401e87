// Enclosure: a real number known to lie in a ball, arithmetic by Arb.
#pragma once

#include <gmp.h>
#if __has_include(<flint/arb.h>)
#include <flint/arb.h>  // FLINT 3 holds Arb
#else
#include <arb.h>
#endif

#include <Eigen/Core>
#include <string>

namespace ncverify {

/// A ball [midpoint +- radius] that is proven to contain the real number it stands for. Every operation
/// encloses the exact result for every choice of operands inside their balls, computed at the precision that
/// the innermost PrecisionScope of this thread has set. There is no `<`: an enclosure may be undecided, so
/// comparisons are the functions below, each of which is true only where it is certain.
class Enclosure {
  public:
    Enclosure() { arb_init(ball_); }
    Enclosure(int value) : Enclosure() { arb_set_si(ball_, value); }    // NOLINT: numbers convert
    Enclosure(long value) : Enclosure() { arb_set_si(ball_, value); }   // NOLINT
    Enclosure(double value) : Enclosure() { arb_set_d(ball_, value); }  // NOLINT: exact
    Enclosure(const Enclosure& other) : Enclosure() { arb_set(ball_, other.ball_); }
    Enclosure(Enclosure&& other) noexcept : Enclosure() { arb_swap(ball_, other.ball_); }
    Enclosure& operator=(const Enclosure& other) {
        arb_set(ball_, other.ball_);
        return *this;
    }
    Enclosure& operator=(Enclosure&& other) noexcept {
        arb_swap(ball_, other.ball_);
        return *this;
    }
    ~Enclosure() { arb_clear(ball_); }

    /// Encloses the rational `value`.
    static Enclosure from_fraction(mpq_srcptr value);
    /// Encloses every number between the certain lower end of `a` and the certain upper end of `b`.
    static Enclosure hull(const Enclosure& a, const Enclosure& b);

    Enclosure& operator+=(const Enclosure& other) {
        return arb_add(ball_, ball_, other.ball_, precision()), *this;
    }
    Enclosure& operator-=(const Enclosure& other) {
        return arb_sub(ball_, ball_, other.ball_, precision()), *this;
    }
    Enclosure& operator*=(const Enclosure& other) {
        return arb_mul(ball_, ball_, other.ball_, precision()), *this;
    }
    Enclosure& operator/=(const Enclosure& other) {
        return arb_div(ball_, ball_, other.ball_, precision()), *this;
    }
    friend Enclosure operator+(Enclosure a, const Enclosure& b) { return a += b; }
    friend Enclosure operator-(Enclosure a, const Enclosure& b) { return a -= b; }
    friend Enclosure operator*(Enclosure a, const Enclosure& b) { return a *= b; }
    friend Enclosure operator/(Enclosure a, const Enclosure& b) { return a /= b; }
    friend Enclosure operator-(Enclosure a) { return arb_neg(a.ball_, a.ball_), a; }

    friend Enclosure sqrt(Enclosure a) { return arb_sqrt(a.ball_, a.ball_, precision()), a; }
    /// Of a number known not to be negative, although its ball may reach below zero.
    friend Enclosure sqrt_of_nonnegative(Enclosure a) {
        return arb_sqrtpos(a.ball_, a.ball_, precision()), a;
    }
    friend Enclosure exp(Enclosure a) { return arb_exp(a.ball_, a.ball_, precision()), a; }
    friend Enclosure log(Enclosure a) { return arb_log(a.ball_, a.ball_, precision()), a; }
    friend Enclosure log1p(Enclosure a) { return arb_log1p(a.ball_, a.ball_, precision()), a; }
    friend Enclosure expm1(Enclosure a) { return arb_expm1(a.ball_, a.ball_, precision()), a; }
    friend Enclosure abs(Enclosure a) { return arb_abs(a.ball_, a.ball_), a; }

    friend bool certainly_less(const Enclosure& a, const Enclosure& b) {
        return arb_lt(a.ball_, b.ball_) != 0;
    }
    friend bool certainly_at_most(const Enclosure& a, const Enclosure& b) {
        return arb_le(a.ball_, b.ball_) != 0;
    }
    friend bool certainly_positive(const Enclosure& a) { return arb_is_positive(a.ball_) != 0; }
    friend bool certainly_negative(const Enclosure& a) { return arb_is_negative(a.ball_) != 0; }
    friend bool contains_zero(const Enclosure& a) { return arb_contains_zero(a.ball_) != 0; }
    friend bool overlap(const Enclosure& a, const Enclosure& b) {
        return arb_overlaps(a.ball_, b.ball_) != 0;
    }
    friend bool is_finite(const Enclosure& a) { return arb_is_finite(a.ball_) != 0; }

    /// The ends of the ball, as exact (radius-free) enclosures, rounded outwards.
    Enclosure lower() const;
    Enclosure upper() const;
    Enclosure midpoint() const;
    Enclosure radius() const;
    /// A number not below |x| for any x of the ball, as a double; infinity where that is too large.
    double magnitude() const;
    /// Decimal text of the midpoint to `digits` significant digits (not correctly rounded: for messages).
    std::string text(long digits) const;

    arb_srcptr data() const { return ball_; }
    arb_ptr data() { return ball_; }

    static long precision();               ///< working precision in bits, of this thread
    static void set_precision(long bits);  ///< use PrecisionScope instead

  private:
    arb_t ball_;
};

}  // namespace ncverify

namespace Eigen {
template <>
struct NumTraits<ncverify::Enclosure> : GenericNumTraits<ncverify::Enclosure> {
    using Real = ncverify::Enclosure;
    using NonInteger = ncverify::Enclosure;
    using Nested = ncverify::Enclosure;
    enum {
        IsComplex = 0,
        IsInteger = 0,
        IsSigned = 1,
        RequireInitialization = 1,
        ReadCost = 20,
        AddCost = 40,
        MulCost = 60
    };
};
}  // namespace Eigen
