#!/usr/bin/env python3
"""ncverify-train as a user has it: runs that go on, the same bytes however often they stopped, what it refuses.

Usage: train_test.py NCVERIFY_TRAIN NCVERIFY [SEED]. The moments of the kills are drawn from SEED.
"""

import csv
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import numpy

TRAIN = str(pathlib.Path(sys.argv.pop(1)).resolve())
NCVERIFY = str(pathlib.Path(sys.argv.pop(1)).resolve())
SEED = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 5
# Some seconds, and minibatches of two sizes.
LONG = ["--preset", "small", "--counts", "40,80,120,210", "--epochs", "400", "--drop-epoch", "250", "--checkpoint-every",
        "7", "--metrics-every", "25"]


def train(*arguments, out):
    return subprocess.run([TRAIN, *arguments, "--out", str(out)], capture_output=True, text=True, timeout=300, check=False)


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


class Here(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.here = pathlib.Path(holder.name)

    def trained(self, *arguments, out):
        done = train(*arguments, out=out)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def refused(self, *arguments, says, out=None):
        done = train(*arguments, out=out or self.here / "refused")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        for text in says:
            self.assertIn(text, done.stderr)
        self.assertFalse((self.here / "refused").exists(), "nothing is made before the input is known to be usable")


class Runs(Here):
    def wait_for_checkpoints(self, process, path, number):
        """Until so many new ones were put in place."""
        def place():
            return path.stat().st_ino if path.exists() else None
        before = place()
        while number > 0:
            self.assertIsNone(process.poll(), "it ended before it was killed")
            time.sleep(0.001)
            now = place()
            number, before = number - (now != before), now

    def assert_same(self, one, other):
        first, second = contents(one), contents(other)
        self.assertEqual(list(first), list(second))
        for name, text in first.items():
            self.assertEqual(text, second[name], f"{name} differs")

    def test_killed_at_five_moments_it_ends_with_the_same_bytes(self):
        self.trained(*LONG, out=self.here / "whole")
        moments, out = random.Random(SEED), self.here / "killed"
        resumed_at = []
        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL, signal.SIGINT, signal.SIGKILL):
            process = subprocess.Popen([TRAIN, *LONG, "--out", str(out)], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.PIPE, text=True)
            # Some checkpoints later (of 57 in all) and a moment after the last: a busy machine changes nothing of that.
            self.wait_for_checkpoints(process, out / "checkpoint.pt", moments.randint(1, 9))
            time.sleep(moments.uniform(0, 0.05))
            self.assertIsNone(process.poll(), "it ended before it was killed")
            process.send_signal(number)
            _, said = process.communicate(timeout=60)
            self.assertEqual(process.returncode, -number if number == signal.SIGKILL else 130, said)
            resumed_at += [int(line.split()[-1]) for line in said.splitlines() if "goes on after epoch" in line]
        done = self.trained(*LONG, out=out)
        self.assertIn("goes on after epoch", done.stderr)
        self.assertEqual(resumed_at, sorted(resumed_at))
        self.assertGreater(resumed_at[-1], 0, "no kill came after the first checkpoint")
        self.assert_same(self.here / "whole", out)

    def test_until_stops_and_the_same_command_goes_on(self):
        whole, parts = self.here / "whole", self.here / "parts"
        self.trained("--preset", "small", out=whole)
        done = self.trained("--preset", "small", "--until", "13", out=parts)
        self.assertIn("13 epochs of 200", done.stdout)
        self.assertIn("the same command goes on", done.stdout)
        done = self.trained("--preset", "small", out=parts)
        self.assertIn("goes on after epoch 13", done.stderr)
        self.assert_same(whole, parts)
        before = contents(whole)
        self.assertIn("200 epochs of 200", self.trained("--preset", "small", out=whole).stdout)
        self.assertEqual(before, contents(whole), "a finished run is left as it is")

    def test_metrics_are_those_of_measure_and_fall(self):
        out = self.here / "run"
        self.trained("--preset", "small", "--weights", "inverse-sqrt", out=out)
        with open(out / "metrics.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in (rows[0], rows[-1]):
            arrays = str(out / f"epoch-{int(row['epoch']):05}.npz")
            measured = json.loads(subprocess.run(
                [NCVERIFY, "measure", "--features", f"{arrays}:H", "--labels", f"{arrays}:Y", "--classifier", f"{arrays}:W",
                 "--lambda-w", "1e-3", "--lambda-h", "1e-4", "--weights", "inverse-sqrt", "--format", "json"],
                capture_output=True, text=True, check=True).stdout)
            for name in ("nc1", "nc2", "nc3"):
                self.assertEqual(row[name], measured["metrics"][name])
            self.assertEqual(row["loss"], measured["gap"]["loss"])
            self.assertEqual(row["minimum"], measured["gap"]["lower_bound"])
        self.assertEqual(rows[-1]["right"], "1")
        for name in ("loss", "nc1", "nc2", "nc3"):
            self.assertLess(float(rows[-1][name]), float(rows[0][name]), name)

    def test_what_was_drawn_is_written_down(self):
        out = self.here / "run"
        self.trained("--preset", "small", "--seed", "9", "--until", "1", out=out)
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
        self.assertEqual(len(run["indices"]), 44)
        self.assertEqual(run["settings"]["seed"], 9)
        arrays = numpy.load(out / "epoch-00000.npz")
        self.assertEqual(arrays["H"].shape, (44, 16))
        self.assertEqual(arrays["H"].dtype, numpy.float32)
        self.assertEqual(arrays["W"].shape, (4, 16))
        self.assertEqual(numpy.bincount(arrays["Y"]).tolist(), [4, 8, 12, 20])
        self.assertGreaterEqual(arrays["H"].min(), 0)

    def test_seed_weights_decay_and_augmentation_make_a_difference(self):
        last = set()
        for number, options in enumerate((["--seed", "2"], ["--weights", "balanced"], ["--backbone-decay", "1e-2"],
                                          ["--augmentation", "flip-shift"], ["--initialisation", "he"], ["--momentum", "0"])):
            out = self.here / str(number)
            self.trained("--preset", "small", "--until", "3", *options, out=out)
            last.add((out / "metrics.csv").read_text(encoding="utf-8"))
        self.assertEqual(len(last), 6)


class Refusals(Here):
    def test_options(self):
        self.refused("--preset", "mlp512", says=["--preset", "mlp1024, mlp2048"])
        self.refused("--preset", "mlp1024", says=["--cifar10: is not given"])
        self.refused("--preset", "small", "--mnist", "x", says=["--mnist: is given with the preset small"])
        self.refused("--preset", "small", "--momentum", "1", says=["--momentum", "from 0 to below 1"])
        self.refused("--preset", "small", "--learning-rate", "0", says=["--learning-rate", "above 0"])
        self.refused("--preset", "small", "--batch", "0", says=["--batch", "from 1 to"])
        self.refused("--preset", "small", "--weights", "1,2", says=["--weights"])
        self.refused("--preset", "small", "--counts", "1x11", says=["--counts", "at most 10"])
        self.refused("--preset", "small", "--initialisation", "xavier", says=["--initialisation", "torch or he"])
        self.refused("--preset", "small", "--wieghts", "none", says=["--weights"])
        self.refused("--preset", "resnet18", "--cifar10", "x", "--hidden", "7", says=["--hidden", "512 features"])
        self.refused(says=["--preset is required"])

    def test_data(self):
        self.refused("--preset", "mlp1024", "--cifar10", str(self.here), says=["--cifar10", "data_batch_1.bin"])
        self.refused("--preset", "mlp256-mnist", "--mnist", str(self.here), says=["--mnist", "train-images-idx3-ubyte"])

    def test_another_run_in_the_folder(self):
        out = self.here / "run"
        self.trained("--preset", "small", "--until", "2", out=out)
        before = contents(out)
        self.refused("--preset", "small", "--momentum", "0.5", out=out, says=["momentum", "0.9", "0.5", "another folder"])
        (out / "checkpoint.pt").write_bytes(before["checkpoint.pt"][:1000])
        self.refused("--preset", "small", out=out, says=["checkpoint.pt", "cannot be read"])
        (self.here / "file").write_text("x", encoding="utf-8")
        self.refused("--preset", "small", out=self.here / "file", says=["--out", "folder"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
