#!/usr/bin/python3
"""The loss as weighted: `measure --weights` beside NumPy.

Usage: weights_test.py NCVERIFY
"""

import json
import math
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy

NCVERIFY = str(pathlib.Path(sys.argv.pop(1)).resolve())


class Weights(unittest.TestCase):
    def run_measure(self, folder, *options, status=0):
        files = ["--features", "features.npy", "--labels", "labels.npy", "--classifier", "classifier.npy"]
        done = subprocess.run([NCVERIFY, "measure", *files, *options], capture_output=True, text=True, cwd=folder)
        self.assertEqual(done.returncode, status, done.stderr)
        return json.loads(done.stdout) if status == 0 else done.stderr

    def test_measure_weighs_the_loss(self):
        generator = numpy.random.default_rng(5)
        labels = numpy.repeat([0, 1, 2], [5, 4, 3])
        features, classifier = generator.random((12, 4)), generator.standard_normal((3, 4))
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name, array in (("features", features), ("labels", labels), ("classifier", classifier)):
            numpy.save(pathlib.Path(folder.name) / (name + ".npy"), array)
        omega = numpy.array([0.5, math.sqrt(2), 3.0])
        decays = ["--lambda-w", "1e-3", "--lambda-h", "1e-4"]
        answer = self.run_measure(folder.name, *decays, "--weights", "1/2,sqrt2,3")
        logits = features @ classifier.T
        entropy = numpy.log(numpy.exp(logits).sum(axis=1)) - logits[numpy.arange(12), labels]
        loss = (omega[labels] * entropy).mean() + 5e-4 * (classifier**2).sum() + 5e-5 * (features**2).sum()
        self.assertAlmostEqual(float(answer["gap"]["loss"]), loss, places=12)
        self.assertAlmostEqual(float(answer["gap"]["loss"]) - float(answer["gap"]["lower_bound"]),
                               sum(float(answer["gap"]["terms"][name]) for name in ("logits", "classifier", "orthogonality", "within_class", "collapsed")), places=12)
        self.assertEqual(answer["config"]["weights"], ["1/2", "sqrt2", "3"])
        self.assertEqual(self.run_measure(folder.name, "--weights", "1,2,3")["config"]["weights"], ["1", "2", "3"])
        self.assertIn("--weights", self.run_measure(folder.name, *decays, "--weights", "1,2", status=2))
        ones = self.run_measure(folder.name, *decays, "--weights", "1x3")
        plain = self.run_measure(folder.name, *decays)
        ones.pop("timing"), plain.pop("timing")
        self.assertEqual(ones, plain)


if __name__ == "__main__":
    unittest.main(argv=["weights_test"])
