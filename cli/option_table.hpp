// Every option of the command line, a row each: name, default, range or choices, help. A command that means
// something of its own by a name has a row of its own.
#pragma once

#include "cli/option.hpp"
#include "problem/configuration.hpp"
#include "problem/limits.hpp"

namespace ncverify::cli::option {

// Common to all commands. Where one of them has no effect, the command says so by a row of its own.
inline constexpr Option counts{.name = "--counts", .help = "Samples per class, such as 100,100,200x3"};
inline constexpr Option lambda_w{.name = "--lambda-w",
                                 .help = "Weight decay lambda_W, a decimal or fraction, read exactly"};
inline constexpr Option lambda_h{.name = "--lambda-h",
                                 .help = "Feature decay lambda_H, a decimal or fraction, read exactly"};
inline constexpr Option dim{.name = "--dim",
                            .smallest = 1,
                            .largest = largest_dimension,
                            .help = "Feature dimension d (default: the number of classes)"};
inline constexpr Option weights{.name = "--weights",
                                .help =
                                    "Class weights omega_k, such as 1,1/2,0.25x3,sqrt1/7, or balanced "
                                    "(N/(K n_k)), inverse (the same), inverse-sqrt (default: 1)"};
inline constexpr Option config{.name = "--config",
                               .help = "The same as JSON: {\"counts\":[..],\"lambda_w\":\"1e-4\",...}"};
inline constexpr Option digits{.name = "--digits",
                               .fallback = "50",
                               .smallest = 1,
                               .largest = largest_digits,
                               .help = "Significant decimal digits"};
inline constexpr Option seed{.name = "--seed", .fallback = "1", .help = "Seed of everything random, 64 bits"};
inline constexpr Option jobs{.name = "--jobs",
                             .fallback = "0",
                             .smallest = 0,
                             .largest = largest_jobs,
                             .help = "Threads (0: all cores)"};
inline constexpr Option format{.name = "--format",
                               .choices = "table or json",
                               .complaint = "is no format",
                               .help = "table or json (default: table on a terminal, json otherwise)"};
inline constexpr Option idle_seed{
    .name = "--seed", .fallback = "1", .help = "Accepted as by every command; without effect here"};
inline constexpr Option idle_jobs{
    .name = "--jobs",
    .fallback = "0",
    .smallest = 0,
    .largest = largest_jobs,
    .help = "Accepted as by every command; without effect here, one thread works"};

// Of several commands.
inline constexpr Option paper{.name = "--paper",
                              .help = "Which paper is on trial (default: the first of those built in)"};
inline constexpr Option coq{
    .name = "--coq", .help = "Write these numbers as theorems for Coq to this file (proofs/README.md)"};
inline constexpr Option summary{.name = "--summary", .help = "Leave the K x K matrices out"};
inline constexpr Option screens{
    .name = "--screen",
    .help = "screen.json of `ncverify screen --out`, to be shown in the report; may be repeated"};
inline constexpr Option trainings{
    .name = "--training",
    .help = "trajectory.json of `ncverify measure --out`, to be linked in the report; may be repeated"};

// solve
inline constexpr Option formulation{
    .name = "--formulation",
    .fallback = "class-means",
    .choices = "class-means or samples",
    .complaint = "is not offered",
    .help = "class-means: one feature vector per class; samples: one per sample, none averaged"};
inline constexpr Option solve_search{
    .name = "--search",
    .choices = "descent or structured",
    .complaint = "is no search",
    .help =
        "descent: assumes nothing of the solution's shape; structured: one class to a coordinate, fast "
        "(default: structured where there is a coordinate for every class that can use one)"};
inline constexpr Option starts{.name = "--starts",
                               .smallest = 1,
                               .largest = largest_starts,
                               .help = "Run exactly this many starts (default: until certified, at most 64)"};
inline constexpr Option solve_jobs{
    .name = "--jobs",
    .fallback = "0",
    .smallest = 0,
    .largest = largest_jobs,
    .help = "Threads of branch and bound (0: all cores); starts and refinement work in one"};
inline constexpr Option solve_gap{
    .name = "--gap",
    .help =
        "With fewer coordinates than classes: branch and bound until the proven relative gap is at most "
        "this, such as 1e-3 (default: 1e(2-digits) where (K-2) d is at most 2, else none is sought)"};
inline constexpr Option solve_time{
    .name = "--time",
    .help =
        "With fewer coordinates than classes: end branch and bound after this time, such as 60s, 3m or "
        "1h, with the gap proven by then; at most 1000h"};
inline constexpr Option certificate{.name = "--certificate", .help = "Write the certificate to this file"};
inline constexpr Option save{
    .name = "--save",
    .help = "Write W, H (and labels Y of samples): FILE.npz in double precision, FILE.json in decimals"};

// bottleneck
inline constexpr Option survey_counts{.name = "--counts",
                                      .help = "Samples per class, such as 2,1,1: a line; may be repeated"};
inline constexpr Option survey_dim{
    .name = "--dim", .fallback = "2", .smallest = 1, .largest = 8, .help = "Feature dimension d"};
inline constexpr Option survey_from{
    .name = "--from", .fallback = "1/100", .help = "The smallest decay l = lambda_W = lambda_H"};
inline constexpr Option survey_to{.name = "--to", .fallback = "3/10", .help = "The largest decay"};
inline constexpr Option survey_points{.name = "--points",
                                      .fallback = "13",
                                      .smallest = 1,
                                      .largest = 10'000,
                                      .help = "Decays on each line, in equal ratios"};
inline constexpr Option survey_width{
    .name = "--width",
    .help =
        "Bisect boundaries between structures to this relative width, such as 1e-6 (default: not at all)"};
inline constexpr Option survey_time{
    .name = "--time", .fallback = "60s", .help = "A point's branch and bound ends after this time"};
inline constexpr Option survey_out{.name = "--out",
                                   .help = "Write bottleneck.json, phases.svg and index.html to this folder"};
inline constexpr Option survey_digits{.name = "--digits",
                                      .fallback = "30",
                                      .smallest = 1,
                                      .largest = largest_digits,
                                      .help = "Digits to which minima are certified"};

// certify
inline constexpr Option certificate_file{.name = "FILE", .help = "The certificate", .required = true};
inline constexpr Option certify_counts{.name = "--counts",
                                       .help =
                                           "Demand a proof for these samples per class; with --lambda-w "
                                           "and --lambda-h"};
inline constexpr Option certify_lambda_w{.name = "--lambda-w", .help = "Demand a proof for this decay"};
inline constexpr Option certify_lambda_h{.name = "--lambda-h", .help = "Demand a proof for this decay"};
inline constexpr Option certify_weights{.name = "--weights",
                                        .help = "Demand a proof for these class weights"};
inline constexpr Option certify_dim{
    .name = "--dim",
    .smallest = 1,
    .largest = largest_dimension,
    .help = "Demand a proof for this feature dimension d (default: the number of classes demanded)"};
inline constexpr Option certify_config{.name = "--config",
                                       .help = "Demand a proof for this configuration, as JSON"};
inline constexpr Option certify_digits{.name = "--digits",
                                       .smallest = 1,
                                       .largest = largest_digits,
                                       .help = "Demand a proof that claims at least so many digits"};
inline constexpr Option certify_summary{.name = "--summary",
                                        .help = "Leave the lists of one entry a class out"};
inline constexpr Option certify_coq{
    .name = "--coq",
    .help = "Where it is proven, write the proof as theorems for Coq to this file (proofs/README.md)"};

// verify
inline constexpr Option verify_random{.name = "--random",
                                      .smallest = 0,
                                      .largest = 100'000'000,
                                      .help = "Random configurations (default: 200 beside the paper's)"};
inline constexpr Option verify_claims{.name = "--claims",
                                      .help = "Claims to try, such as thm1.*,cor4.threshold (default: all)"};
inline constexpr Option time{.name = "--time",
                             .help = "Stop after this time, such as 60s, 3m or 1h; at most 1000h"};
inline constexpr Option no_pictures{
    .name = "--no-pictures",
    .help = "Leave the page's figures out, which take some seconds (as with --time below 30s)"};
inline constexpr Option replay{
    .name = "--replay",
    .help = "Run the one case that this token names, or every failure of this report.json again"};
inline constexpr Option verify_search{
    .name = "--search",
    .complaint = "is no search",
    .help =
        "How minimisers are looked for: descent (the default) assumes nothing of their shape, structured is "
        "fast"};
inline constexpr Option verify_out{
    .name = "--out",
    .fallback = "reports/out",
    .help = "Folder for report.json, index.html, report.md, junit.xml, FINDINGS.md"};
inline constexpr Option expect{
    .name = "--expect", .help = "Compare verdicts with this file (default: those of reports/expected.json)"};
inline constexpr Option record{.name = "--record",
                               .help = "Write the verdicts to this file instead of comparing"};
inline constexpr Option proofs{
    .name = "--proofs",
    .help = "The stamp of the Coq proofs (default: what this build's ctest -L proofs wrote)"};
inline constexpr Option check_proofs{
    .name = "--check-proofs",
    .help =
        "Have Coq check the proofs now, from scratch, and believe no stamp; takes minutes, and needs Coq"};
inline constexpr Option keep{
    .name = "--keep",
    .help = "Write the counterexamples and hardest cases to this file, as properties/examples.txt has them"};
inline constexpr Option cases{
    .name = "--cases",
    .help = "Write what each claim made of each case to this file, a line of JSON for each"};

// weights
inline constexpr Option margins{.name = "--margins",
                                .help = "The margin wanted for each class: M1,..,MK, all above 0"};
inline constexpr Option equal_margins{.name = "--equal-margins", .help = "The same margin for every class"};

// mutants
inline constexpr Option mutants_digits{.name = "--digits",
                                       .fallback = "20",
                                       .smallest = 1,
                                       .largest = largest_digits,
                                       .help = "Significant decimal digits"};
inline constexpr Option mutants_random{
    .name = "--random",
    .fallback = "400",
    .smallest = 0,
    .largest = 100'000'000,
    .help = "Random configurations, beside the fixed ones, for mutants that are still alive"};
inline constexpr Option mutants_record{
    .name = "--record", .help = "Write what each claim compares, to be put on record, to this file"};
inline constexpr Option mutants_claims{.name = "--claims", .help = "Claims to run (default: all)"};

// prove
inline constexpr Option prove_claims{.name = "--claims",
                                     .help = "Claims, such as cor2.*,eq6.sign (default: all)"};
inline constexpr Option boxes{.name = "--boxes",
                              .fallback = "200000",
                              .smallest = 1,
                              .largest = 1'000'000'000,
                              .help = "Boxes after which a proof is given up"};

// measure
inline constexpr Option features{
    .name = "--features",
    .help =
        "Last-layer features, N x d, one row per sample; .npy, .npz, "
        ".safetensors or .safetensors.index.json, FILE:KEY where it holds "
        "several arrays. Given several times, or with * or ?, it is a trajectory: one snapshot a file",
    .required = true};
inline constexpr Option labels{.name = "--labels",
                               .help =
                                   "Classes of the samples, N numbers from 0, or N x K, one-hot; files as "
                                   "for --features",
                               .required = true};
inline constexpr Option measure_weights{
    .name = "--weights",
    .help =
        "Class weights of the loss, as 1,1/2,0.25x3,sqrt1/7, or balanced, "
        "inverse or inverse-sqrt (default: 1)"};
inline constexpr Option measure_lambda_w{
    .name = "--lambda-w",
    .help = "Weight decay lambda_W, read exactly (default: the one at which the network is stationary)"};
inline constexpr Option measure_lambda_h{
    .name = "--lambda-h",
    .help = "Feature decay lambda_H, read exactly (default: the one at which the network is stationary)"};
inline constexpr Option measure_counts{
    .name = "--counts",
    .help = "Samples per class in training, where the files hold other samples, as 100,100,200x3"};
inline constexpr Option bias{.name = "--bias",
                             .help =
                                 "Last layer's bias, K numbers; FILE or FILE:KEY. Loss, accuracy and metrics "
                                 "are with it, and there is no gap"};
inline constexpr Option ignore_label{.name = "--ignore-label",
                                     .help = "Samples with this label are left out, such as -100"};
inline constexpr Option float8{.name = "--float8",
                               .choices = "e4m3fn or e5m2",
                               .complaint = "is no eight-bit floating-point type",
                               .help = "What bytes without a type in .npy files are: e4m3fn or e5m2"};
inline constexpr Option classifier{.name = "--classifier",
                                   .help =
                                       "Last layer's weights, K x d, one row per class; files as for "
                                       "--features",
                                   .required = true};
inline constexpr Option measure_digits{.name = "--digits",
                                       .fallback = "17",
                                       .smallest = 1,
                                       .largest = largest_digits,
                                       .help = "Significant decimal digits of the theorem's numbers"};
inline constexpr Option measure_out{
    .name = "--out",
    .help =
        "Folder for measure.json and index.html; of several snapshots, for trajectory.json, "
        "trajectory.csv and index.html"};
inline constexpr Option beside{.name = "--beside",
                               .help = "trajectory.json of another training, drawn beside this one"};
inline constexpr Option measure_summary{.name = "--summary",
                                        .help = "Leave the K x K matrices out of the JSON"};

// report
inline constexpr Option report_files{
    .name = "FILES", .help = "report.json of one run, or of several, the earlier first", .required = true};
inline constexpr Option report_out{
    .name = "--out",
    .help =
        "Folder for the merged report.json, index.html, report.md, junit.xml, FINDINGS.md (default: none)"};

// screen
inline constexpr Option screen_random{.name = "--random",
                                      .fallback = "1000000",
                                      .smallest = 1,
                                      .largest = 1'000'000'000'000,
                                      .help = "Random configurations"};
inline constexpr Option device{.name = "--device",
                               .choices = "cpu or cuda",
                               .complaint = "is no device",
                               .help = "cpu or cuda (default: cuda where there is a device)"};
inline constexpr Option precision{.name = "--precision",
                                  .fallback = "float32",
                                  .choices = "float32 or float64",
                                  .complaint = "is no precision",
                                  .help = "float32 or float64"};
inline constexpr Option screen_classes{.name = "--classes",
                                       .smallest = 2,
                                       .largest = 32,
                                       .help = "K of all configurations (default: a mixture)"};
inline constexpr Option screen_dim{.name = "--dim",
                                   .smallest = 2,
                                   .largest = 64,
                                   .help = "d of all configurations, at least K (default: K)"};
inline constexpr Option engine{.name = "--engine",
                               .help = "The CPU kernel to use, such as avx2 (default: the fastest)"};
inline constexpr Option screen_weights{
    .name = "--weights",
    .fallback = "none",
    .choices = "none or drawn",
    .complaint = "is no way to weight the classes",
    .help = "none, or drawn: class weights in all configurations, and the claims about these"};
inline constexpr Option inject{
    .name = "--inject",
    .help =
        "Evaluate wrong formulas too, such as misread.eq9: the screen must notice, and ends with status 1"};
inline constexpr Option screen_out{
    .name = "--out", .help = "Folder for screen.json, which verify and report show with --screen"};

// manual
inline constexpr Option manual_command{.name = "COMMAND", .help = "Of which command (default: of all)"};
inline constexpr Option as{.name = "--as",
                           .fallback = "man",
                           .choices = "man, bash, zsh or fish",
                           .complaint = "is no form",
                           .help =
                               "man: a page for man; bash, zsh or fish: what completes command lines in "
                               "that shell"};

}  // namespace ncverify::cli::option
