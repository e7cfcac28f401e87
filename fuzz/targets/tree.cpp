// Certificates of trees, and their check: whatever the file says, nothing is proven but what two bounds say.
#include "certificates/printed.hpp"
#include "fuzz/promises.hpp"

namespace ncverify::fuzz {

namespace {

using certificates::TreeCertificate;

/// Whether the check is short: its work grows with digits and nodes as asked for, which is no fault of it.
bool is_small(const TreeCertificate& certificate, std::size_t characters) {
    constexpr long most_digits = 60, most_classes = 4;
    constexpr std::size_t most_characters = 8192;
    return characters <= most_characters && certificate.claim.digits <= most_digits &&
           certificate.claim.configuration.classes() <= most_classes;
}

}  // namespace

void try_input(const std::string& input) {
    const auto certificate =
        accepted([&] { return certificates::parse_tree_certificate(input, "certificate"); });
    if (!certificate) {
        return;
    }
    require(certificates::is_tree_certificate(input), "what is accepted says what it is");
    const std::string written = to_text(*certificate);
    const TreeCertificate again = certificates::parse_tree_certificate(written, "again");
    require(to_text(again) == written, "a certificate that is written reads back");
    if (!is_small(*certificate, input.size())) {
        return;
    }
    const auto checked = certificates::check(*certificate);
    require(checked.proven == checked.reason.empty(), "what is not proven has a reason");
    if (checked.proven) {
        require(parse_rational(certificate->claim.lower_bound, "lower_bound", 1'000'000) <=
                    parse_rational(certificate->claim.upper_bound, "upper_bound", 1'000'000),
                "proven bounds are in order");
    }
    require(certificates::certify(again).proven == checked.proven,
            "a certificate that is written proves what it proved");
}

}  // namespace ncverify::fuzz
