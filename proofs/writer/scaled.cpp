#include "proofs/writer/scaled.hpp"

#include <algorithm>
#include <cmath>

#include "problem/scalar.hpp"
#include "theory/closed_form.hpp"

namespace ncverify::proofs {

namespace {

// Digits before the point.
long integer_digits(const Enclosure& value) {
    return std::max(0L, static_cast<long>(std::ceil(std::log10(value.magnitude() + 1))));
}

// The integer nearest to the midpoint of value times scale: within one of every number of a ball that is
// narrow.
std::string nearest(const Enclosure& value, const Enclosure& scale) {
    const Enclosure product = value * scale;
    fmpz_t integer;
    fmpz_init(integer);
    arf_get_fmpz(integer, arb_midref(product.data()), ARF_RND_NEAR);
    std::string text(fmpz_sizeinbase(integer, 10) + 2, '\0');
    text.resize(std::char_traits<char>::length(fmpz_get_str(text.data(), 10, integer)));
    fmpz_clear(integer);
    return text;
}

}  // namespace

ScaledWeights scaled_weights(const Configuration& configuration, const theory::PrintedForm& form,
                             long places) {
    ScaledWeights scaled;
    const auto classes = static_cast<double>(configuration.classes());
    // Errors of a unit each: p times 1 + 2 K^2, and S + l (a_k + a_j), at most S + 2 K^2 S.
    const theory::ClosedForm rough = theory::closed_form(configuration);
    const long spread = static_cast<long>(std::ceil(std::log10(3 * classes * classes)));
    const long before =
        spread + std::max(integer_digits(rough.prefactor), integer_digits(rough.weight_sum)) + 1;
    scaled.digits = places + before + 3;
    const PrecisionScope scope(scaled.digits + before + 20);
    const theory::ClosedForm closed = theory::closed_form(configuration);
    const std::string power = "1" + std::string(static_cast<std::size_t>(scaled.digits), '0');
    const Enclosure scale = from_integer<Enclosure>(Integer(power));
    scaled.scale = power;
    scaled.prefactor = nearest(closed.prefactor, scale);
    scaled.sum = nearest(closed.weight_sum, scale);
    scaled.weights.resize(form.groups.size());
    for (std::size_t k = 0; k < form.group.size(); ++k) {
        scaled.weights[form.group[k]] = nearest(closed.weights[k], scale);
    }
    return scaled;
}

}  // namespace ncverify::proofs
