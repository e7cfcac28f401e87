#!/usr/bin/env python3
"""ncverify-train against the same network in Debian's python3-torch: peer.py NCVERIFY_TRAIN [FOLDER] [--rounds R] [--epochs E].

Presets mlp256-mnist and mlp1024, on made-up images of the right number and size, in turns with PyTorch: the same layers, loss
and optimiser, the usual loop over minibatches. One thread each; what counts is processor time of an epoch, least of all rounds,
so that a busy machine counts against neither. Also what the metrics cost when they are computed after every epoch, and as
often as they are by default. Writes what it found to FOLDER (experiments/results), as JSON and as a table.
"""

import argparse
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "bench"))
import machine  # noqa: E402, pylint: disable=wrong-import-position

COUNTS = [100, 100, 200, 200, 300, 300, 400, 400, 500, 500]
CASES = [("mlp256-mnist", 784, 256, 2e-2), ("mlp1024", 3072, 1024, 1e-4)]


def make_images(folder, preset):
    """Random images in the format that the preset reads; returns the option that names them."""
    generator = torch.Generator().manual_seed(1)
    labels = torch.arange(5000) % 10
    if preset == "mlp256-mnist":
        pixels = torch.randint(0, 256, (5000, 784), generator=generator, dtype=torch.uint8).numpy().tobytes()
        (folder / "train-images-idx3-ubyte").write_bytes(struct.pack(">4I", 0x803, 5000, 28, 28) + pixels)
        (folder / "train-labels-idx1-ubyte").write_bytes(struct.pack(">2I", 0x801, 5000) + bytes(labels.tolist()))
        return ["--mnist", str(folder)]
    for batch in range(5):
        records = torch.randint(0, 256, (1000, 3073), generator=generator, dtype=torch.uint8)
        records[:, 0] = labels[:1000].to(torch.uint8)
        (folder / f"data_batch_{batch + 1}.bin").write_bytes(records.numpy().tobytes())
    return ["--cifar10", str(folder)]


def ours(program, preset, options, epochs):
    """Processor seconds of an epoch's training, and of the metrics after it."""
    with tempfile.TemporaryDirectory() as out:
        said = subprocess.run([program, "--preset", preset, *options, "--out", out, "--metrics-every", "1", "--until", str(epochs)],
                              check=True, capture_output=True, text=True).stdout
    training, metrics = (float(text) for text in re.search(r"training ([0-9.]+) s, metrics ([0-9.]+) s", said).groups())
    return training / epochs, metrics / (epochs + 1)  # the network is measured before the first epoch too


class Theirs:
    """The same in PyTorch."""

    def __init__(self, inputs, hidden, rate):
        torch.manual_seed(1)
        torch.set_num_threads(1)
        torch.set_flush_denormal(True)
        layers = []
        for layer in range(5):
            layers += [torch.nn.Linear(inputs if layer == 0 else hidden, hidden), torch.nn.ReLU()]
        self.backbone = torch.nn.Sequential(*layers)
        self.classifier = torch.nn.Linear(hidden, 10, bias=False)
        self.labels = torch.repeat_interleave(torch.arange(10), torch.tensor(COUNTS))
        self.images = torch.randn(len(self.labels), inputs)
        self.optimiser = torch.optim.SGD([*self.backbone.parameters(), *self.classifier.parameters()], lr=rate, momentum=0.9)

    def epochs(self, number):
        """Processor seconds of an epoch."""
        samples = len(self.labels)
        begin = time.process_time()
        for _ in range(number):
            order = torch.randperm(samples)
            for chosen in order.split(32):
                features = self.backbone(self.images[chosen])
                loss = torch.nn.functional.cross_entropy(self.classifier(features), self.labels[chosen])
                loss = loss + 0.5e-4 * self.classifier.weight.square().sum()
                loss = loss + 0.5e-5 * samples / len(chosen) * features.square().sum()
                self.optimiser.zero_grad()
                loss.backward()
                self.optimiser.step()
        return (time.process_time() - begin) / number


def compared(program, case, rounds, epochs):
    preset, inputs, hidden, rate = case
    with tempfile.TemporaryDirectory() as folder:
        options = make_images(pathlib.Path(folder), preset)
        theirs = Theirs(inputs, hidden, rate)
        theirs.epochs(1)
        found = [(*ours(program, preset, options, epochs), theirs.epochs(epochs)) for _ in range(rounds)]
    training, metrics, other = (min(times) for times in zip(*found))
    every = 20  # the default of --metrics-every
    return {"preset": preset, "epochs": epochs, "rounds": rounds, "epoch_s": training, "pytorch_epoch_s": other,
            "speed": other / training, "metrics_s": metrics, "metrics_share_each_epoch": metrics / training,
            "metrics_share_default": metrics / training / every}


def table(found, here):
    lines = ["# The trainings: ncverify-train against PyTorch", "", machine.sentence(here).rstrip(), "",
             f"PyTorch {torch.__version__}. An epoch of 3000 samples in minibatches of 32; least of all rounds.", "",
             "| preset | epoch | PyTorch's | speed in PyTorch's | metrics, each time | share of an epoch | share as they come, every 20 |",
             "|---|---|---|---|---|---|---|"]
    lines += [f"| {one['preset']} | {one['epoch_s']:.3f} s | {one['pytorch_epoch_s']:.3f} s | {one['speed']:.2f} | "
              f"{1000 * one['metrics_s']:.0f} ms | {100 * one['metrics_share_each_epoch']:.1f} % | "
              f"{100 * one['metrics_share_default']:.2f} % |" for one in found]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("program")
    parser.add_argument("folder", nargs="?", default=pathlib.Path(__file__).parent / "results", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=5)
    given = parser.parse_args()
    here = machine.description()
    found = [compared(given.program, case, given.rounds, given.epochs) for case in CASES]
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "speed.json").write_text(json.dumps({"machine": here, "torch": torch.__version__, "cases": found}, indent=1)
                                             + "\n", encoding="utf-8")
    (given.folder / "speed.md").write_text(table(found, here), encoding="utf-8")
    print(table(found, here))


if __name__ == "__main__":
    main()
