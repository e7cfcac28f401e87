// Minimiser bounds: the invariants of every global minimiser, as a check asks for them one by one.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "certificates/implied_bounds.hpp"
#include "properties/point_invariants.hpp"

namespace ncverify::properties {

class Case;

/// What the certificate implies of every global minimiser (certificates::ImpliedBounds, whose names these
/// are), each number held against the found point's own as soon as it is asked for: the point is one of those
/// that the bound is about. A bound that it breaks is a contradiction, and refutes whatever check asked.
class MinimiserBounds {
  public:
    explicit MinimiserBounds(const Case& subject);

    const std::vector<Enclosure>& slopes() const { return implied_.slopes; }
    Enclosure minimum() const;  ///< encloses the global minimum
    Enclosure gap() const;      ///< U - D(beta); each of the identity's terms is at most this
    Enclosure margin(std::size_t k) const;
    Enclosure logit_own(std::size_t k) const;
    Enclosure logit_other(std::size_t k) const;
    Enclosure worst_margin(std::size_t k) const;
    Enclosure feature_norm_squared(std::size_t k) const;
    Enclosure logit_sum(std::size_t k) const;
    Enclosure within_class_spread(std::size_t k) const;
    Enclosure classifier_inner(long k, long j) const;
    Enclosure feature_inner(long k, long j) const;
    Enclosure classifier_sum() const;
    Enclosure classifier_defect() const;
    Enclosure relation_defect_squared(long k, const std::vector<Enclosure>& column) const;

  private:
    Enclosure held(const std::string& name, const Enclosure& bound,
                   const std::function<Enclosure(const PointInvariants&)>& at_point) const;

    const Case& subject_;
    const certificates::ImpliedBounds& implied_;
    const PointInvariants* found_;  // null where no start found a point
};

/// Whether the point's own value certainly breaks a bound: a value of `bound` is what it must be one of.
inline bool breaks(const Enclosure& value, const Enclosure& bound) {
    return is_finite(value) && !overlap(value, bound);
}

}  // namespace ncverify::properties
