// The two forms of problem (4).
#pragma once

#include <string>

namespace ncverify::api {

/// Which feature vectors are variables: one per class, weighted by its count, or one per sample.
enum class Formulation { class_means, samples };

/// "class-means" or "samples".
inline std::string to_string(Formulation formulation) {
    return formulation == Formulation::samples ? "samples" : "class-means";
}

}  // namespace ncverify::api
