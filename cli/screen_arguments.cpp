#include "cli/screen_arguments.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <iostream>

#include "cli/messages.hpp"
#include "cli/terminal.hpp"
#include "problem/errors.hpp"
#include "screen/kernel/cuda.hpp"

namespace ncverify::cli {

namespace {

static_assert(option::screen_classes.largest == screen::largest_classes);
static_assert(option::screen_dim.largest == screen::largest_dimension);

// An error as six digits say it, in three: beyond its order nobody reads it in a table.
std::string short_error(const std::string& text) {
    const double value = std::strtod(text.c_str(), nullptr);
    return std::isfinite(value) ? fmt::format("{:.3g}", value) : text;
}

std::string claims_table(const screen::ScreenRecord& record, const reports::Layout& shown) {
    constexpr reports::Tone plain = reports::Tone::plain;
    std::vector<std::vector<reports::Cell>> rows(1);
    for (const char* name : {"claim", "checked", "largest", "p99", "suspects", "confirmed", "open"}) {
        rows[0].push_back({name, reports::Tone::heading, !rows[0].empty()});
    }
    for (const screen::ClaimRecord& claim : record.claims) {
        const auto number = [](long count) { return reports::Cell{std::to_string(count), plain, true}; };
        reports::Cell confirmed = number(claim.confirmed);
        confirmed.tone = claim.confirmed > 0 ? reports::Tone::bad : plain;
        rows.push_back({{claim.id},
                        number(claim.checked),
                        {short_error(claim.max_error), plain, true},
                        {short_error(claim.p99), plain, true},
                        number(claim.suspects),
                        confirmed,
                        number(claim.unresolved)});
    }
    return reports::aligned(rows, 0, shown);
}

}  // namespace

void add_screen_choices(CLI::App& command, ScreenChoices& choices) {
    for (Given* given : {&choices.device, &choices.precision, &choices.classes, &choices.dim,
                         &choices.weights, &choices.engine, &choices.inject}) {
        add_option(command, *given);
    }
}

screen::ScreenOptions screen_options(const ScreenChoices& choices, long random, std::uint64_t seed) {
    screen::ScreenOptions options;
    options.random = random;
    options.seed = seed;
    options.engine = choices.engine.text;
    options.weighted = choices.weights.choice() == "drawn";
    options.claims = screen::screen_claims(options.weighted);
    for (screen::ScreenClaim& claim :
         screen::select_misreadings(choices.inject.text, option::inject.name, options.weighted)) {
        options.claims.push_back(std::move(claim));
    }
    if (!choices.classes.empty() || !choices.dim.empty()) {
        if (choices.classes.empty()) {
            throw InputError("given without --classes", choices.dim.row.name, "both, or --classes alone");
        }
        const int classes = static_cast<int>(choices.classes.number());
        Given dim = choices.dim;
        dim.row.smallest = classes;
        const int dimension = dim.empty() ? classes : static_cast<int>(dim.number());
        options.shape = screen::Shape{classes, dimension};
    }
    return options;
}

bool wants_gpu(const std::string& device) {
    if (device == "cpu") {
        return false;
    }
    std::string why;
    const bool found = !screen::cuda_device(why).empty();
    if (!found && device == "cuda") {
        say("no GPU: " + why + "; the CPU does the work");
    }
    return found;
}

void print_screen(const screen::ScreenRecord& record, double per_second) {
    const reports::Layout shown = layout();
    std::cout << claims_table(record, shown) << "\n";
    std::string text = fmt::format(
        "{} configurations{} on {} ({}, {}), {} a second; {} met a local minimum and left it; "
        "ended elsewhere: {} local minima; not converged: {} stagnated, {} out of evaluations; {} judged "
        "again",
        record.configurations, record.weighted ? " with class weights" : "", record.device, record.engine,
        record.precision, screen::real_text(per_second), record.revived, record.local_minima,
        record.stagnated, record.exhausted, record.rejudged);
    for (const auto& [reason, count] : record.reasons) {
        text += fmt::format("; {}: {}", to_string(reason), count);
    }
    std::cout << reports::wrapped(text, 0, shown) << "\n";
}

}  // namespace ncverify::cli
