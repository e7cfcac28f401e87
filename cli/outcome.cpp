#include "cli/outcome.hpp"

#include <iostream>
#include <optional>
#include <string>

#include "problem/errors.hpp"

namespace ncverify::cli {

void write_then_print(const std::vector<std::function<void()>>& writes, const std::function<void()>& print) {
    std::optional<InputError> failure;
    for (const auto& write : writes) {
        try {
            write();
        } catch (const InputError& error) {
            failure = failure ? InputError(failure->problem + "; " + error.where + ": " + error.problem,
                                           failure->where, failure->expected)
                              : error;
        }
    }
    print();
    std::cout.flush();
    if (failure) {
        throw *failure;
    }
}

}  // namespace ncverify::cli
