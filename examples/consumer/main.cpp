// A certified minimum in ten lines.
#include <iostream>
#include <ncverify/solve.hpp>

int main() {
    const auto solution =
        ncverify::api::solve({.counts = {100, 100, 200}, .lambda_w = "1e-4", .lambda_h = "1e-5"});
    std::cout << to_string(solution.status) << ": the minimum lies between " << solution.lower_bound
              << " and " << solution.objective << "\n";
    return solution.status == ncverify::api::SolutionStatus::certified ? 0 : 1;
}
