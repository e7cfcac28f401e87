#include "library/checked.hpp"

#include <tbb/info.h>

#include <algorithm>

#include "problem/errors.hpp"
#include "problem/limits.hpp"

namespace ncverify::library {

Configuration checked(const api::Configuration& configuration) {
    const Configuration made = make_configuration(configuration.counts, configuration.lambda_w,
                                                  configuration.lambda_h, configuration.dim);
    return configuration.weights.empty() ? made : with_weights(made, configuration.weights);
}

api::Configuration as_given(const Configuration& configuration) {
    return {.counts = configuration.counts,
            .lambda_w = configuration.lambda_w_text,
            .lambda_h = configuration.lambda_h_text,
            .dim = configuration.dimension,
            .weights = weight_texts(configuration.weights)};
}

long long checked(long long value, const char* where, long long smallest, long long largest) {
    if (value < smallest || value > largest) {
        throw InputError(
            "'" + std::to_string(value) + "' is out of range", where,
            "a whole number from " + std::to_string(smallest) + " to " + std::to_string(largest));
    }
    return value;
}

int threads(long long jobs) {
    const int asked = static_cast<int>(checked(jobs, "jobs", 0, largest_jobs));
    return std::min(asked, tbb::info::default_concurrency());
}

}  // namespace ncverify::library
