// Certifies configurations of the default generator and names those that needed most work:
// certify_generated [NUMBER [SEED [DIGITS [descent|structured [weighted]]]]]. Exits with 1 unless all are
// certified. `weighted`: of the generator's configurations, those with class weights and d >= K alone.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "problem/random.hpp"
#include "properties/certified.hpp"
#include "properties/generators.hpp"

int main(int count, char** arguments) {
    using namespace ncverify;
    const auto given = [&](int place, const char* otherwise) {
        return std::string(count > place ? arguments[place] : otherwise);
    };
    const long number = std::stol(given(1, "1000"));
    const auto seed = static_cast<std::uint64_t>(std::stoull(given(2, "1")));
    solvers::SolveOptions options;
    options.digits = std::stol(given(3, "50"));
    options.search = solvers::parse_search_method(given(4, "descent"), "4th argument");
    struct Work {
        long starts, local_minima, iterations;
        std::string command_line;
    };
    std::vector<Work> all;
    long certified = 0, at_once = 0, first_try = 0;
    double search = 0, refine = 0, certificate = 0;
    const bool weighted = given(5, "") == "weighted";
    std::uint64_t next = 0;
    for (long i = 0; i < number; ++i) {
        Configuration configuration = properties::generate(seed, next).value();
        while (weighted && (!configuration.weighted() || configuration.dimension < configuration.classes())) {
            configuration = properties::generate(seed, ++next).value();
        }
        options.seed = split_seed(seed, next++);
        const auto result = properties::solve_and_certify(configuration, options);
        const solvers::Solution& solution = result.solution;
        Work work{static_cast<long>(solution.starts.size()), 0, 0, configuration.command_line()};
        for (const solvers::StartRecord& start : solution.starts) {
            work.local_minima += static_cast<long>(start.met.size());
            work.iterations += start.iterations;
        }
        const bool good = solution.status == solvers::SolutionStatus::certified;
        certified += good;
        first_try += good && work.starts == 1;
        at_once += good && work.starts == 1 && work.local_minima == 0;
        if (!good) {
            fmt::print("not certified: {}\n", work.command_line);
        }
        search += solution.timing.search;
        refine += solution.timing.refine;
        certificate += solution.timing.certificate;
        all.push_back(std::move(work));
    }
    fmt::print(
        "{} search, seed {}: {} of {} certified at {} digits; {} by their first start, {} of these without "
        "meeting a local minimum\nseconds: search {:.3f}, refinement {:.3f}, certificate {:.3f}\n",
        solvers::to_string(options.search), seed, certified, number, options.digits, first_try, at_once,
        search, refine, certificate);
    std::stable_sort(all.begin(), all.end(), [](const Work& a, const Work& b) {
        return std::tuple(a.starts, a.local_minima, a.iterations) >
               std::tuple(b.starts, b.local_minima, b.iterations);
    });
    fmt::print("most work (starts, local minima met, iterations):\n");
    for (std::size_t i = 0; i < std::min<std::size_t>(10, all.size()); ++i) {
        fmt::print("{:3} {:3} {:5}  {}\n", all[i].starts, all[i].local_minima, all[i].iterations,
                   all[i].command_line);
    }
    return certified == number ? 0 : 1;
}
