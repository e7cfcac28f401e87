#!/usr/bin/env python3
"""A network with ReLU features, trained on imbalanced handwritten digits, measured as it trains.

    PYTHONPATH=build/release/python python3 python/examples/train_digits.py [--epochs 3000] [--out digits]

Needs torch, and scikit-learn for its 1797 digits (Debian: python3-torch, python3-sklearn). Writes OUT/history.jsonl as it
goes (start it again: it resumes the history), OUT/history.html, OUT/history.csv and OUT/page.html, the measurement's page.

The loss that is minimised is problem (4)'s, for W and the last layer's features H:

    (1/N) sum_i CE(W h_i, y_i) + (lambda_W / 2) ||W||^2 + (lambda_H / 2) sum_k sum_i ||h_ki||^2

Two things are easily done wrong. Decay is on W alone, and none on the layers below: the theorem's features are free.
And the feature term is a sum over all samples, not a mean: of a minibatch B its unbiased estimate is (N/|B|) times the
batch's sum.
"""

import argparse
import pathlib
import time

import numpy as np
import torch

import ncverify as nc

LAMBDA_W, LAMBDA_H = 5e-4, 5e-6
COUNTS = (170, 150, 130, 110, 90, 70, 55, 40, 25, 10)  # digit k has COUNTS[k] samples


def imbalanced_digits():
    """Features in [0, 1], 64 of them, and labels."""
    from sklearn.datasets import load_digits
    images, digits = load_digits(return_X_y=True)
    chosen = np.concatenate([np.flatnonzero(digits == k)[:count] for k, count in enumerate(COUNTS)])
    return torch.tensor(images[chosen] / 16, dtype=torch.float32), torch.tensor(digits[chosen])


class Network(torch.nn.Module):
    def __init__(self, width=256, dimension=32, classes=10):
        super().__init__()
        self.features = torch.nn.Sequential(
            torch.nn.Linear(64, width), torch.nn.ReLU(), torch.nn.Linear(width, width), torch.nn.ReLU(),
            torch.nn.Linear(width, dimension), torch.nn.ReLU())
        self.classifier = torch.nn.Linear(dimension, classes, bias=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=3000)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("digits"))
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    images, labels = imbalanced_digits()
    samples, network = len(images), Network()
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, arguments.epochs)
    tracker = nc.Tracker(arguments.out / "history.jsonl", lambda_w=LAMBDA_W, lambda_h=LAMBDA_H)
    start = time.monotonic()
    for epoch in range(arguments.epochs + 1):
        if epoch % 50 == 0 or epoch == arguments.epochs:
            with torch.no_grad():
                features = network.features(images)
            measured = tracker.record(epoch, features, labels, network.classifier.weight)
            print(f"epoch {epoch:4d}  loss {measured.loss:.5f}  bound {measured.gap.lower_bound:.5f}  "
                  f"NC1 {measured.metrics.nc1:.2e}  NC2 {measured.metrics.nc2:.3f}  NC3 {measured.metrics.nc3:.3f}", flush=True)
        for batch in torch.randperm(samples).split(128):
            features = network.features(images[batch])
            weight = network.classifier.weight
            loss = (torch.nn.functional.cross_entropy(network.classifier(features), labels[batch])
                    + LAMBDA_W / 2 * weight.square().sum()
                    + LAMBDA_H / 2 * samples / len(batch) * features.square().sum())
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        schedule.step()
    tracker.to_html(arguments.out / "history.html")
    tracker.to_csv(arguments.out / "history.csv")
    measured.save_html(arguments.out / "page.html")
    print(f"{time.monotonic() - start:.0f} s; {measured.diagnosis[0].headline}")


if __name__ == "__main__":
    main()
