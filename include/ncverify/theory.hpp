// The closed forms of Theorem 1 for one configuration.
#pragma once

#include "ncverify/closed_forms.hpp"
#include "ncverify/configuration.hpp"
#include "ncverify/input_error.hpp"

namespace ncverify::api {

struct TheoryOptions {
    long digits = 50;      ///< significant decimal digits, 1..100000
    bool matrices = true;  ///< also inner products and cosines of classifiers
};

struct Theory {
    Configuration configuration;  ///< with d where it was left to K
    long digits = 0;
    bool matrices = true;
    bool attained = false;  ///< some point of this dimension attains the values
    PrintedForm form;
};

/// Every printed digit is right: each number is correctly rounded to `digits` significant digits, halfway
/// between two to the even one, unless `form.undecided` names one that `form.working_digits` digits did not
/// decide and no known identity does. Throws InputError for a configuration
/// or digits out of range, and where the answer would not fit in memory.
Theory theory(const Configuration& configuration, const TheoryOptions& options = {});

/// The document that `ncverify theory --format json` prints.
std::string to_json(const Theory& theory);

}  // namespace ncverify::api
