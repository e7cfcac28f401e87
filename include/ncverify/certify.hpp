// Checking a certificate with neither the solver nor the theorem.
#pragma once

#include "ncverify/certification.hpp"
#include "ncverify/input_error.hpp"

namespace ncverify::api {

struct CertifyOptions {
    bool classes = true;                ///< also the bounds with one entry a class
    std::string where = "certificate";  ///< what to call the text in messages
    /// A proof of another problem, however valid, is not one: `reason` then says what differs.
    std::optional<Configuration> configuration = std::nullopt;
    long digits = 0;  ///< nor is one of fewer digits
};

/// @param certificate  the text of a file that `solve` wrote (certificates/README.md documents it)
/// Throws InputError where it is none; one that does not prove its claim is a result.
Certification certify(const std::string& certificate, const CertifyOptions& options = {});

/// The document that `ncverify certify --format json` prints.
std::string to_json(const Certification& certification);

}  // namespace ncverify::api
