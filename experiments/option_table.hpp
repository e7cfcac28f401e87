// Every option of ncverify-train, a row each: name, default, range or choices, help.
#pragma once

#include "cli/option.hpp"

namespace ncverify::experiments::option {

using cli::Option;

inline constexpr long long most_epochs = 1'000'000'000;

inline constexpr Option preset{
    .name = "--preset",
    .help = "The settings by name: mlp1024, mlp2048, resnet18, mlp256-mnist, small",
    .required = true};
inline constexpr Option cifar10{.name = "--cifar10",
                                .help = "Folder with CIFAR-10's binary files, data_batch_1.bin to 5"};
inline constexpr Option mnist{
    .name = "--mnist",
    .help =
        "Folder with train-images-idx3-ubyte and train-labels-idx1-ubyte, MNIST's own "
        "or those of experiments/fetch-digits"};
inline constexpr Option out{
    .name = "--out",
    .help =
        "Folder of the run, for run.json, metrics.csv, checkpoint.pt and snapshots "
        "(default: experiments/runs/PRESET-WEIGHTS); with a checkpoint there the run goes on"};
inline constexpr Option weights{
    .name = "--weights",
    .fallback = "none",
    .help =
        "Class weights omega_k of the loss: none, balanced, inverse-sqrt, or a list "
        "such as 1,1/2,0.25x3"};
inline constexpr Option counts{.name = "--counts",
                               .help = "Samples per class, as 100,100,200x3 (default: the preset's)"};
inline constexpr Option lambda_w{.name = "--lambda-w",
                                 .help = "Weight decay lambda_W of the classifier (default: the preset's)"};
inline constexpr Option lambda_h{.name = "--lambda-h",
                                 .help = "Feature decay lambda_H of every sample (default: the preset's)"};
inline constexpr Option backbone_decay{
    .name = "--backbone-decay",
    .fallback = "0",
    .help = "Weight decay of all layers before the classifier; the paper has none in (4), and mentions none"};
inline constexpr Option hidden{.name = "--hidden",
                               .smallest = 1,
                               .largest = 16384,
                               .help = "Units of each layer of the MLP (default: the preset's)"};
inline constexpr Option learning_rate{
    .name = "--learning-rate",
    .help = "Of the epochs before the drop, a tenth after (default: the preset's)"};
inline constexpr Option momentum{.name = "--momentum",
                                 .fallback = "0.9",
                                 .help = "Of stochastic gradient descent; the paper does not say"};
inline constexpr Option batch{.name = "--batch",
                              .fallback = "32",
                              .smallest = 1,
                              .largest = 1'000'000,
                              .help = "Samples of a minibatch"};
inline constexpr Option epochs{.name = "--epochs",
                               .smallest = 1,
                               .largest = most_epochs,
                               .help = "Epochs of the schedule (default: the preset's)"};
inline constexpr Option drop_epoch{
    .name = "--drop-epoch",
    .smallest = 1,
    .largest = most_epochs,
    .help = "After so many epochs the learning rate is a tenth (default: the preset's)"};
inline constexpr Option initialisation{
    .name = "--initialisation",
    .fallback = "torch",
    .choices = "torch or he",
    .complaint = "is no initialisation",
    .help = "torch: LibTorch's own, uniform; he: normal, He et al. 2015; the paper does not say"};
inline constexpr Option augmentation{
    .name = "--augmentation",
    .fallback = "none",
    .choices = "none or flip-shift",
    .complaint = "is no augmentation",
    .help = "none, or flip-shift: images mirrored and shifted by up to four pixels; the paper does not say"};
inline constexpr Option seed{.name = "--seed",
                             .fallback = "1",
                             .help = "Seed of subset, initialisation, order and augmentation, 64 bits"};
inline constexpr Option threads{.name = "--threads",
                                .fallback = "1",
                                .smallest = 1,
                                .largest = 1024,
                                .help = "Threads; another number rounds otherwise, and is another run"};
inline constexpr Option checkpoint_every{
    .name = "--checkpoint-every",
    .smallest = 1,
    .largest = most_epochs,
    .help = "Epochs between checkpoints, which is what a kill costs at most (default: the preset's)"};
inline constexpr Option metrics_every{.name = "--metrics-every",
                                      .fallback = "20",
                                      .smallest = 1,
                                      .largest = most_epochs,
                                      .help = "Epochs between lines of metrics, beside those of snapshots"};
inline constexpr Option until{
    .name = "--until",
    .smallest = 1,
    .largest = most_epochs,
    .help = "Stop after so many epochs, to be gone on with later (default: at the end)"};

}  // namespace ncverify::experiments::option
