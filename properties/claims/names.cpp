#include "properties/claims/names.hpp"

namespace ncverify::properties {

std::string of_class(const std::string& what, std::size_t k) {
    return what + " of class " + std::to_string(k + 1);
}

std::string classifier_name(long k) {
    return "w_" + std::to_string(k + 1);
}

std::string classifier_names(long k, long j) {
    return classifier_name(k) + " and " + classifier_name(j);
}

}  // namespace ncverify::properties
