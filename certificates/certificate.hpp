// Certificate: a claimed minimiser of problem (4) with the slopes that prove it; as a value and as a file.
#pragma once

#include <string>
#include <vector>

#include "certificates/text.hpp"
#include "problem/configuration.hpp"
#include "problem/objective.hpp"

namespace ncverify::certificates {

/// Everything that a proof of optimality needs, as exact text. README.md in this folder documents the file.
struct Certificate {
    Configuration configuration;
    Formulation formulation = Formulation::class_means;
    long digits = 0;               ///< the proof claims relative_gap <= 10^(2-digits)
    std::vector<Rational> slopes;  ///< beta_k, K entries
    TextRows classifier;           ///< W: K rows of d decimals
    TextRows features;             ///< h_k, or h_ki class by class: K or N rows of d, >= 0
    std::string upper_bound;       ///< claimed: L0(W,H) is at most this
    std::string lower_bound;       ///< claimed: every feasible point's loss is at least this
};

/// The file's text.
std::string to_text(const Certificate& certificate);

/// Reads a certificate; throws InputError naming `where` for anything that is not one.
Certificate parse_certificate(const std::string& text, const std::string& where);

}  // namespace ncverify::certificates
