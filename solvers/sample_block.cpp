#include "solvers/sample_block.hpp"

namespace ncverify::solvers {

namespace {

void convert(const Floats& from, long exponent, Doubles& to) {
    Float scaled;
    for (long a = 0; a < from.size(); ++a) {
        arf_mul_2exp_si(scaled, from[a], -exponent);
        *to[a] = arf_get_d(scaled, ARF_RND_NEAR);
    }
}

}  // namespace

BasicBlockPoint<Doubles> in_double(const SampleBlock& block, const BlockPoint& point, long exponent) {
    BasicBlockPoint<Doubles> result(block);
    convert(point.v, 0, result.v);
    convert(point.u, 0, result.u);
    convert(point.q, 0, result.q);
    convert(point.missing, 0, result.missing);
    convert(point.gradient_v, exponent, result.gradient_v);
    convert(point.gradient_u, exponent, result.gradient_u);
    return result;
}

void residual_of(const Arithmetic& with, arf_srcptr gamma, long label, Floats& logits, arf_ptr q,
                 arf_ptr missing) {
    // Exponents of arf are unbounded: nothing overflows, however large a logit.
    Floats scratch(3);
    arf_ptr others = scratch[0], total = scratch[1], scale = scratch[2];
    for (long m = 0; m < logits.size(); ++m) {
        with.exp(logits[m], logits[m]);
        if (m != label) {
            with.add(others, others, logits[m]);
        }
    }
    with.add(total, others, logits[label]);
    with.div(missing, others, total);
    with.div(scale, gamma, total);
    for (long m = 0; m < logits.size(); ++m) {
        with.mul(q + m, m == label ? others : logits[m], scale);
    }
    arf_neg(q + label, q + label);
}

void evaluate(const Arithmetic& with, const SampleBlock& block, const Floats& gamma, BlockPoint& point) {
    const long classes = block.classes, width = block.width();
    for (long a = 0; a < point.v.size(); ++a) {
        arf_set(point.gradient_v[a], point.v[a]);
    }
    Floats logits(classes);
    for (long j = 0; j < block.size(); ++j) {
        for (long m = 0; m < classes; ++m) {
            arf_zero(logits[m]);
        }
        for (long i = 0; i < width; ++i) {
            arf_srcptr feature = point.u[j * width + i];
            for (long m = 0; m < classes && !arf_is_zero(feature); ++m) {
                with.addmul(logits[m], point.v[i * classes + m], feature);
            }
        }
        for (long m = 0; m < classes && block.inverse_root.size() != 0; ++m) {
            with.mul(logits[m], logits[m], block.inverse_root[j]);
        }
        arf_ptr q = point.q[j * classes];
        const long label = block.labels[static_cast<std::size_t>(j)];
        residual_of(with, gamma[label], label, logits, q, point.missing[j]);
        for (long i = 0; i < width; ++i) {
            arf_srcptr feature = point.u[j * width + i];
            arf_ptr slope = point.gradient_u[j * width + i];
            arf_set(slope, feature);
            for (long m = 0; m < classes; ++m) {
                with.addmul(slope, point.v[i * classes + m], q + m);
                if (!arf_is_zero(feature)) {
                    with.addmul(point.gradient_v[i * classes + m], q + m, feature);
                }
            }
        }
    }
}

}  // namespace ncverify::solvers
