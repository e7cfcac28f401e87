#include "trial/evidence.hpp"

namespace ncverify::trial {

std::string to_string(Evidence evidence) {
    switch (evidence) {
        case Evidence::sampled:
            return "sampled";
        case Evidence::enclosed:
            return "enclosed";
        case Evidence::certified:
            return "certified";
        default:
            return "proved";
    }
}

}  // namespace ncverify::trial
