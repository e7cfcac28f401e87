// The options of `ncverify campaign`, a row each, as option_table.hpp has those of the other commands.
#pragma once

#include "cli/option.hpp"

namespace ncverify::cli::option {

inline constexpr Option campaign_action{
    .name = "ACTION",
    .choices = "run, screen, status, report, cases or merge",
    .complaint = "is nothing that can be done with a campaign",
    .help =
        "run: begin or resume; screen: the same in floating point, as `ncverify screen` does; status: how far it is; report: write what it came to; cases: the hardest of a "
        "claim; merge: the second and later folders' shards into the first",
    .required = true};
inline constexpr Option campaign_folders{
    .name = "DIR", .help = "The campaign's folder; of merge the new one and the shards'", .required = true};
inline constexpr Option campaign_random{.name = "--random",
                                        .smallest = 1,
                                        .largest = 1'000'000'000,
                                        .help = "run, screen: random configurations of the (base) plan"};
inline constexpr Option campaign_claims{
    .name = "--claims", .help = "run: claims to try, such as thm1.*,cor4.threshold (default: all)"};
inline constexpr Option campaign_block{
    .name = "--block",
    .smallest = 1,
    .largest = 100'000'000,
    .help =
        "run, screen: cases of a block, which one thread does; what a kill loses (default: 32; of screen "
        "262144)"};
inline constexpr Option campaign_shard{
    .name = "--shard",
    .help = "run, screen: of n campaigns that share the base plan the one with number i, as i/n, i from 0"};
inline constexpr Option campaign_time{
    .name = "--time", .help = "run, screen: stop after this time, such as 60s, 3m or 1h; at most 1000h"};
inline constexpr Option campaign_out{
    .name = "--out",
    .help =
        "report: folder for report.json, index.html, report.md, junit.xml, FINDINGS.md, campaign.json; of a screen "
        "for screen.json"};
inline constexpr Option campaign_claim{.name = "--claim", .help = "cases: the claim"};
inline constexpr Option campaign_hardest{
    .name = "--hardest", .fallback = "20", .smallest = 1, .largest = 20, .help = "cases: how many"};

}  // namespace ncverify::cli::option
