#include "certificates/krawczyk_block.hpp"

#include <arb_mat.h>

#include <utility>

namespace ncverify::certificates {

namespace {

/// Owns an Arb matrix: its products and factorisations are much faster than entry by entry.
class BallMatrix {
  public:
    explicit BallMatrix(long size) { arb_mat_init(matrix_, size, size); }
    BallMatrix(const BallMatrix&) = delete;
    BallMatrix& operator=(const BallMatrix&) = delete;
    ~BallMatrix() { arb_mat_clear(matrix_); }

    void set(long i, long j, const Enclosure& value) { arb_set(arb_mat_entry(matrix_, i, j), value.data()); }
    Enclosure get(long i, long j) const {
        Enclosure value;
        arb_set(value.data(), arb_mat_entry(matrix_, i, j));
        return value;
    }
    arb_mat_struct* data() { return matrix_; }
    const arb_mat_struct* data() const { return matrix_; }

  private:
    arb_mat_t matrix_;
};

Enclosure larger(const Enclosure& a, const Enclosure& b) {
    return certainly_less(a, b) ? b : a;
}

Enclosure product(const BallMatrix& matrix, long row, const Vector<Enclosure>& vector) {
    Enclosure sum(0);
    for (long j = 0; j < vector.size(); ++j) {
        sum += matrix.get(row, j) * vector[j];
    }
    return sum;
}

struct Constants {
    Enclosure share, lambda_w, ridge;  // omega_k n_k/N, lW, lH n_k
};

Vector<Enclosure> residual_of(const Block& block) {
    Vector<Enclosure> logits(block.weights.size());
    for (long m = 0; m < logits.size(); ++m) {
        logits[m] = block.weights[m] * block.feature;
    }
    return softmax_residual(logits, block.of_class);
}

// The K+1 conditions, h's last.
Vector<Enclosure> conditions(const Constants& constants, const Block& block) {
    const long classes = block.weights.size();
    const Vector<Enclosure> residual = residual_of(block);
    Vector<Enclosure> value(classes + 1);
    value[classes] = constants.ridge * block.feature;
    for (long m = 0; m < classes; ++m) {
        const Enclosure slope = constants.share * residual[m];
        value[m] = constants.lambda_w * block.weights[m] + slope * block.feature;
        value[classes] += slope * block.weights[m];
    }
    return value;
}

// Their Jacobian, the Hessian of the loss on this coordinate's support: with P = diag(p) - p p',
//     [ lW I + (n_k/N) h^2 P      (n_k/N) (q + h P w)         ]
//     [ symmetric                 lH n_k + (n_k/N) w' P w     ]
void jacobian(const Constants& constants, const Block& block, BallMatrix& matrix) {
    const long classes = block.weights.size();
    const Vector<Enclosure> residual = residual_of(block);
    Vector<Enclosure> probability = residual;
    probability[block.of_class] += Enclosure(1);
    Enclosure mean(0);
    for (long m = 0; m < classes; ++m) {
        mean += probability[m] * block.weights[m];
    }
    const Enclosure curvature = constants.share * block.feature * block.feature;
    Enclosure corner(0);
    for (long m = 0; m < classes; ++m) {
        const Enclosure steep = probability[m] * (block.weights[m] - mean);  // (P w)_m
        corner += block.weights[m] * steep;
        const Enclosure mixed = constants.share * (residual[m] + block.feature * steep);
        matrix.set(m, classes, mixed);
        matrix.set(classes, m, mixed);
        for (long l = 0; l <= m; ++l) {
            Enclosure entry = -(curvature * probability[m] * probability[l]);
            if (l == m) {
                entry += constants.lambda_w + curvature * probability[m];
            }
            matrix.set(m, l, entry);
            matrix.set(l, m, entry);
        }
    }
    matrix.set(classes, classes, constants.ridge + constants.share * corner);
}

Block widened(const Block& block, const Vector<Enclosure>& offset) {
    Block box = block;
    const long classes = block.weights.size();
    for (long m = 0; m < classes; ++m) {
        box.weights[m] += offset[m];
    }
    box.feature += offset[classes];
    return box;
}

Enclosure symmetric(const Enclosure& bound) {
    return Enclosure::hull(-bound, bound);
}

// Krawczyk's operator on the box block + [-reach, reach], less the block itself:
//     -Y F(x) + (I - Y J(X)) (X - x).
// `step` is Y F(x). Where the result lies inside [-reach, reach], F has exactly one zero in the box.
Vector<Enclosure> operator_offset(const BallMatrix& inverse, const BallMatrix& over_box,
                                  const Vector<Enclosure>& step, const Vector<Enclosure>& reach) {
    const long size = step.size();
    BallMatrix defect(size);
    arb_mat_mul(defect.data(), inverse.data(), over_box.data(), Enclosure::precision());
    Vector<Enclosure> offset(size);
    for (long i = 0; i < size; ++i) {
        offset[i] = -step[i];
        for (long j = 0; j < size; ++j) {
            const Enclosure entry = Enclosure(i == j ? 1 : 0) - defect.get(i, j);
            offset[i] += entry * symmetric(reach[j]);
        }
    }
    return offset;
}

}  // namespace

BlockResult krawczyk(const Configuration& configuration, const Block& block) {
    const long classes = configuration.classes(), size = classes + 1;
    const auto own = static_cast<std::size_t>(block.of_class);
    const long long count = configuration.counts[own];
    Constants constants{from_rational<Enclosure>(Rational(Integer(count), configuration.samples())),
                        from_rational<Enclosure>(configuration.lambda_w),
                        from_rational<Enclosure>(configuration.lambda_h * count)};
    if (configuration.weighted()) {
        constants.share *= weight_value<Enclosure>(configuration.weights[own]);
    }
    BlockResult result;
    BallMatrix matrix(size), inverse(size);
    jacobian(constants, block, matrix);
    // An approximate inverse of the midpoints: any regular matrix would do, this one makes I - Y J small.
    if (arb_mat_approx_inv(inverse.data(), matrix.data(), Enclosure::precision()) == 0) {
        result.undecided = "the Jacobian may be singular";
        return result;
    }
    arb_mat_get_mid(inverse.data(), inverse.data());
    const Vector<Enclosure> value = conditions(constants, block);
    // One relative width for all entries: w against its largest, h against itself.
    Enclosure largest(0);
    for (long m = 0; m < classes; ++m) {
        largest = larger(largest, abs(block.weights[m]).upper());
    }
    Vector<Enclosure> step(size), scale(size);
    Enclosure width(0);
    for (long i = 0; i < size; ++i) {
        step[i] = product(inverse, i, value);
        scale[i] = i < classes ? largest : block.feature.upper();
        width = larger(width, (abs(step[i]) / scale[i]).upper());
    }
    Enclosure unit(1);
    arb_mul_2exp_si(unit.data(), unit.data(), -Enclosure::precision());
    result.undecided = "Krawczyk's operator does not contract";
    for (const long factor : {2, 8}) {
        Vector<Enclosure> reach(size);
        for (long i = 0; i < size; ++i) {
            reach[i] = ((Enclosure(factor) * width + unit) * scale[i]).upper();
            if (!is_finite(reach[i])) {
                return result;
            }
            reach[i] = reach[i].midpoint();
        }
        Vector<Enclosure> sides = reach;
        for (Enclosure& side : sides) {
            side = symmetric(side);
        }
        const Block box = widened(block, sides);
        if (!certainly_positive(box.feature)) {
            return result;
        }
        jacobian(constants, box, matrix);
        const Vector<Enclosure> offset = operator_offset(inverse, matrix, step, reach);
        bool inside = true;
        result.radius = result.relative_radius = Enclosure(0);
        for (long i = 0; i < size; ++i) {
            const Enclosure far = abs(offset[i]).upper();
            inside = inside && certainly_less(far, reach[i]);
            result.radius = larger(result.radius, far);
            result.relative_radius = larger(result.relative_radius, (far / scale[i]).upper());
        }
        if (!inside) {
            continue;
        }
        BallMatrix factorisation(size);
        const bool definite = arb_mat_cho(factorisation.data(), matrix.data(), Enclosure::precision()) != 0;
        result.undecided = definite ? "" : "the Hessian on the support is not positive definite";
        result.box = widened(block, offset);
        return result;
    }
    return result;
}

std::string undecided_multiplier(const std::vector<Block>& boxes, long classes) {
    std::vector<const Block*> own(static_cast<std::size_t>(classes), nullptr);
    for (const Block& box : boxes) {
        own[static_cast<std::size_t>(box.of_class)] = &box;
    }
    for (long l = 0; l < classes; ++l) {
        const Block* const block = own[static_cast<std::size_t>(l)];
        const Vector<Enclosure> residual =
            block != nullptr
                ? residual_of(*block)
                : softmax_residual<Enclosure>(Vector<Enclosure>::Constant(classes, Enclosure(0)), l);
        for (const Block& box : boxes) {
            if (box.of_class == l) {
                continue;
            }
            Enclosure slope(0);
            for (long m = 0; m < classes; ++m) {
                slope += box.weights[m] * residual[m];
            }
            if (!certainly_positive(slope)) {
                return "the multiplier of feature " + std::to_string(box.coordinate + 1) + " of class " +
                       std::to_string(l + 1) + " is not proven positive";
            }
        }
    }
    return "";
}

}  // namespace ncverify::certificates
