#include "ncverify/certify.hpp"

#include <nlohmann/json.hpp>

#include "certificates/printed_json.hpp"

namespace ncverify::api {

Certification certify(const std::string& certificate, const CertifyOptions& options) {
    return certificates::certify(
        certificates::parse_certificate(certificate, options.where),
        options.classes ? certificates::Detail::each_class : certificates::Detail::summary);
}

std::string to_json(const Certification& certification) {
    return certificates::to_json(certification).dump(2);
}

}  // namespace ncverify::api
