// Certificates, and their check: no certificate, however it came about, proves what is false.
#include "certificates/printed.hpp"
#include "fuzz/promises.hpp"

namespace ncverify::fuzz {

namespace {

using certificates::Certificate;

/// Whether the check is short: its work grows with digits and numbers as asked for, which is no fault of it.
bool is_small(const Certificate& certificate, std::size_t characters) {
    constexpr long most_digits = 60;
    constexpr std::size_t most_characters = 8192, most_numbers = 64;
    return characters <= most_characters && certificate.digits <= most_digits &&
           (certificate.classifier.size() + certificate.features.size()) * certificate.classifier[0].size() <=
               most_numbers;
}

}  // namespace

void try_input(const std::string& input) {
    const auto certificate = accepted([&] { return certificates::parse_certificate(input, "certificate"); });
    if (!certificate) {
        return;
    }
    const std::string written = to_text(*certificate);
    const Certificate again = certificates::parse_certificate(written, "again");
    require(again.configuration == certificate->configuration && again.slopes == certificate->slopes &&
                to_text(again) == written,
            "a certificate that is written reads back");
    if (!is_small(*certificate, input.size())) {
        return;
    }
    const auto checked = certificates::check(*certificate);
    require(checked.proven == checked.reason.empty(), "what is not proven has a reason");
    if (checked.bounds.feasible) {
        const PrecisionScope scope(checked.digits);
        require(!certainly_less(checked.bounds.upper, checked.bounds.lower),
                "no feasible point's loss is below a feasible dual value");
    }
    if (checked.proven) {
        require(parse_rational(certificate->lower_bound, "lower_bound", 1'000'000) <=
                    parse_rational(certificate->upper_bound, "upper_bound", 1'000'000),
                "proven bounds are in order");
    }
    require(certificates::certify(again, certificates::Detail::each_class).proven == checked.proven,
            "a certificate that is written proves what it proved");
}

}  // namespace ncverify::fuzz
