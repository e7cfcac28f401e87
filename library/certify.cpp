#include "ncverify/certify.hpp"

#include <nlohmann/json.hpp>

#include "certificates/printed_json.hpp"
#include "library/checked.hpp"
#include "problem/limits.hpp"

namespace ncverify::api {

Certification certify(const std::string& certificate, const CertifyOptions& options) {
    certificates::Demand demand;
    if (options.configuration) {
        demand.configuration = library::checked(*options.configuration);
    }
    demand.digits = static_cast<long>(library::checked(options.digits, "digits", 0, largest_digits));
    if (certificates::is_tree_certificate(certificate)) {
        return certificates::certify(certificates::parse_tree_certificate(certificate, options.where),
                                     demand);
    }
    return certificates::certify(
        certificates::parse_certificate(certificate, options.where),
        options.classes ? certificates::Detail::each_class : certificates::Detail::summary, demand);
}

std::string to_json(const Certification& certification) {
    return certificates::to_json(certification).dump(2);
}

}  // namespace ncverify::api
